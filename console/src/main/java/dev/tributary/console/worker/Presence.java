// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.worker;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Tells the connectors of this worker that there is a console, so that they keep a sample of their events: the MBean
 * {@value #NAME}.
 */
public final class Presence implements PresenceMXBean, AutoCloseable {

    static final String NAME = "dev.tributary:type=console";

    private final boolean eventValues;

    private Presence(boolean eventValues) {
        this.eventValues = eventValues;
    }

    /** Registers it. */
    public static Presence open(boolean eventValues) {
        Presence presence = new Presence(eventValues);
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            presence.close();
            server.registerMBean(presence, new ObjectName(NAME));
            return presence;
        } catch (JMException e) {
            throw new IllegalStateException("Cannot register " + NAME, e);
        }
    }

    @Override
    public boolean isEventValues() {
        return eventValues;
    }

    @Override
    public void close() {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            ObjectName name = new ObjectName(NAME);
            if (server.isRegistered(name)) {
                server.unregisterMBean(name);
            }
        } catch (JMException e) {
            throw new IllegalStateException("Cannot unregister " + NAME, e);
        }
    }
}
