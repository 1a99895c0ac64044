// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Shows an MBean in JMX until it is closed, or until another takes its name: that of a task that was started again. */
public final class Registration implements AutoCloseable {

    /** Who holds which name. */
    private static final Map<ObjectName, Registration> CURRENT = new HashMap<>();

    private final ObjectName name;

    private Registration(ObjectName name) {
        this.name = name;
    }

    /**
     * Shows an MBean as {@code dev.tributary:type=<type>,server=<topic prefix>}, in place of one that is still there.
     *
     * @param bean one whose interface JMX can tell from its name
     */
    public static Registration of(String type, String topicPrefix, Object bean) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            Registration registration = new Registration(
                    new ObjectName("dev.tributary:type=" + type + ",server=" + ObjectName.quote(topicPrefix)));
            synchronized (CURRENT) {
                unregister(registration.name);
                server.registerMBean(bean, registration.name);
                CURRENT.put(registration.name, registration);
            }
            return registration;
        } catch (JMException e) {
            throw new IllegalStateException("The " + type + " cannot be shown in JMX", e);
        }
    }

    @Override
    public void close() {
        synchronized (CURRENT) {
            if (CURRENT.remove(name, this)) {
                unregister(name);
            }
        }
    }

    private static void unregister(ObjectName name) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException(name + " cannot be taken out of JMX", e);
        }
    }
}
