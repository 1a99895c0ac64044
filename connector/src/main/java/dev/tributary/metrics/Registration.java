// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Registers an MBean in JMX until it is closed, or until another one, such as that of a restarted task, replaces it.
 */
public final class Registration implements AutoCloseable {

    /** The registration that holds each name. */
    private static final Map<ObjectName, Registration> CURRENT = new HashMap<>();

    private final ObjectName name;
    private final Object bean;

    private Registration(ObjectName name, Object bean) {
        this.name = name;
        this.bean = bean;
    }

    /**
     * Registers an MBean as {@code dev.tributary:type=<type>,server=<topic prefix>}, replacing one of the same name.
     *
     * @param bean an object whose MBean interface follows the naming convention of JMX
     */
    public static Registration of(String type, String topicPrefix, Object bean) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            Registration registration = new Registration(name(type, topicPrefix), bean);
            synchronized (CURRENT) {
                unregister(registration.name);
                server.registerMBean(bean, registration.name);
                CURRENT.put(registration.name, registration);
            }
            return registration;
        } catch (JMException e) {
            throw new IllegalStateException("Cannot register the MBean of the " + type, e);
        }
    }

    /** The MBean of a type that is registered for a topic prefix; empty if none is. */
    static Optional<Object> bean(String type, String topicPrefix) {
        try {
            ObjectName wanted = name(type, topicPrefix);
            synchronized (CURRENT) {
                return Optional.ofNullable(CURRENT.get(wanted)).map(registration -> registration.bean);
            }
        } catch (JMException e) {
            throw new IllegalStateException("No name for the MBean of the " + type, e);
        }
    }

    private static ObjectName name(String type, String topicPrefix) throws JMException {
        return new ObjectName("dev.tributary:type=" + type + ",server=" + ObjectName.quote(topicPrefix));
    }

    @Override
    public void close() {
        end();
    }

    /** Closes it; returns false if another one has replaced it. */
    public boolean end() {
        synchronized (CURRENT) {
            boolean isCurrent = CURRENT.remove(name, this);
            if (isCurrent) {
                unregister(name);
            }
            return isCurrent;
        }
    }

    private static void unregister(ObjectName name) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("Cannot unregister the MBean " + name, e);
        }
    }
}
