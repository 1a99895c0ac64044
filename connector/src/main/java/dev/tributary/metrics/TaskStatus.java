// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Shows in JMX what a task does; registered while it is open. */
public final class TaskStatus implements TaskStatusMXBean, AutoCloseable {

    /** A consistent view of all attributes. */
    private record View(String state, String waitingFor, String lastFailure, int failures) {}

    /** Which task holds which name. */
    private static final Map<ObjectName, TaskStatus> CURRENT = new HashMap<>();

    private static final View RUNNING = new View("RUNNING", "", "", 0);

    private final ObjectName name;
    private volatile View view = RUNNING;

    private TaskStatus(ObjectName name) {
        this.name = name;
    }

    /** Registers the status of the task with the given topic prefix, in place of one that is still there. */
    public static TaskStatus open(String topicPrefix) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try {
            TaskStatus status =
                    new TaskStatus(new ObjectName("dev.tributary:type=task,server=" + ObjectName.quote(topicPrefix)));
            synchronized (CURRENT) {
                unregister(status.name);
                server.registerMBean(status, status.name);
                CURRENT.put(status.name, status);
            }
            return status;
        } catch (JMException e) {
            throw new IllegalStateException("The task's status cannot be shown in JMX", e);
        }
    }

    public void running() {
        view = RUNNING;
    }

    /**
     * Notes that the task waits.
     *
     * @param waitingFor what has to become true
     * @param lastFailure what happened
     * @param failures how many failures in a row this makes
     */
    public void waiting(String waitingFor, String lastFailure, int failures) {
        view = new View("WAITING", waitingFor, lastFailure, failures);
    }

    @Override
    public String getState() {
        return view.state();
    }

    @Override
    public String getWaitingFor() {
        return view.waitingFor();
    }

    @Override
    public String getLastFailure() {
        return view.lastFailure();
    }

    @Override
    public int getFailuresInARow() {
        return view.failures();
    }

    /** Takes it out of JMX, unless another task with the same prefix has taken its place. */
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
            throw new IllegalStateException("The task's status cannot be taken out of JMX", e);
        }
    }
}
