// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console;

import dev.tributary.console.metrics.Exposition;
import dev.tributary.console.metrics.MetricsResource;
import dev.tributary.console.metrics.TaskStates;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The console: {@code rest.extension.classes=dev.tributary.console.ConsoleExtension} in a worker's properties serves it
 * under {@code /tributary/} on the worker's own listener, behind the worker's own authentication.
 *
 * <p>It needs Connect 4.0 or later. On an older worker, whose REST extensions are those of {@code javax.ws.rs}, it logs
 * that it serves nothing.
 */
public final class ConsoleExtension implements ConnectRestExtension {

    private static final Logger LOG = LoggerFactory.getLogger(ConsoleExtension.class);

    private Map<String, ?> worker = Map.of();

    @Override
    public String version() {
        String version = ConsoleExtension.class.getPackage().getImplementationVersion();
        return version == null ? "unknown" : version;
    }

    /** @param settings the properties of the worker */
    @Override
    public void configure(Map<String, ?> settings) {
        worker = settings;
    }

    @Override
    public void register(ConnectRestExtensionContext context) {
        LOG.info("The console starts with {} settings", worker.size());
        context.configurable()
                .register(new MetricsResource(new Exposition(
                        ManagementFactory.getPlatformMBeanServer(), TaskStates.ofCluster(context.clusterState()))));
    }

    @Override
    public void close() {
        worker = Map.of();
    }
}
