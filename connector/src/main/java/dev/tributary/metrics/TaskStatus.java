// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

/** Shows in JMX what a task does; registered while it is open. */
public final class TaskStatus implements TaskStatusMXBean, AutoCloseable {

    /** A consistent view of all attributes. */
    private record View(String state, String waitingFor, String lastFailure, int failures) {}

    private static final View RUNNING = new View("RUNNING", "", "", 0);

    private final Registration registration;
    private volatile View view = RUNNING;

    private TaskStatus(String topicPrefix) {
        this.registration = Registration.of("task", topicPrefix, this);
    }

    /** Registers the status of the task with the given topic prefix, in place of one that is still there. */
    public static TaskStatus open(String topicPrefix) {
        return new TaskStatus(topicPrefix);
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
        registration.close();
    }
}
