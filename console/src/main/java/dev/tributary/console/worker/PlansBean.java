// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connector's MBean that plans, which exists without a connector: it is made by the name of its class, which is in
 * the same plugin as the console.
 */
public final class PlansBean implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PlansBean.class);

    private static final String TYPE = "dev.tributary.Plans";
    private static final ObjectName NAME = Beans.name("dev.tributary:type=plans");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final MBeanServer server;
    private final Beans beans;

    private PlansBean(MBeanServer server) {
        this.server = server;
        this.beans = new Beans(server);
    }

    /** Registers the MBean, unless there is one; without it there are no plans. */
    public static PlansBean open(MBeanServer server) {
        try {
            if (!server.isRegistered(NAME)) {
                Class<?> type = Class.forName(TYPE, true, PlansBean.class.getClassLoader());
                server.registerMBean(type.getDeclaredConstructor().newInstance(), NAME);
            }
        } catch (ReflectiveOperationException | LinkageError | JMException e) {
            LOG.warn("The console cannot plan: the connector of the plugin is not there", e);
        }
        return new PlansBean(server);
    }

    /**
     * What the first start of a connector would do.
     *
     * @param options its configuration
     * @param probes whether to read rows for two seconds
     * @return an object with {@code canStart}, {@code findings} and {@code plan}
     * @throws IllegalStateException if the connector is not there
     */
    public JsonNode plan(Map<String, String> options, boolean probes) {
        try {
            JsonNode answer = beans.call(NAME, "plan", MAPPER.writeValueAsString(options), String.valueOf(probes))
                    .orElseThrow(() -> new IllegalStateException("The connector of this plugin is not there"));
            return MAPPER.readTree(answer.asText());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The plan is not JSON", e);
        }
    }

    @Override
    public void close() {
        try {
            if (server.isRegistered(NAME)) {
                server.unregisterMBean(NAME);
            }
        } catch (JMException e) {
            LOG.debug("{} was not registered any more", NAME, e);
        }
    }
}
