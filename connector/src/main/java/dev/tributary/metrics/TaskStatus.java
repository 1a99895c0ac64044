// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Shows the status of a task in JMX while it is open. */
public final class TaskStatus implements TaskStatusMXBean, AutoCloseable {

    /** A consistent view of all attributes. */
    private record View(String state, String waitingFor, String failureKind, String lastFailure, int failures) {}

    private static final View RUNNING = new View("RUNNING", "", "", "", 0);

    private final String connector;
    private final TaskHistory history;
    private final Registration registration;
    private volatile View view = RUNNING;
    private volatile List<String> warnings = List.of();
    private final AtomicLong splitTransactions = new AtomicLong();

    private TaskStatus(String topicPrefix, String connector) {
        this.connector = connector;
        this.history = TaskHistory.of(topicPrefix);
        this.registration = Registration.of("task", topicPrefix, this);
    }

    /** Registers the status of the task with the given topic prefix, instead of one that is still registered. */
    public static TaskStatus open(String topicPrefix, String connector) {
        return new TaskStatus(topicPrefix, connector);
    }

    public void running() {
        show(RUNNING);
    }

    private void show(View next) {
        if (!next.state().equals(view.state())) {
            history.stateChanged();
        }
        view = next;
    }

    /** An attempt follows after a failure. */
    public void retried() {
        history.retried();
    }

    /** Counts a failure that ends the task; one that it waits out is counted when it {@linkplain #waiting waits}. */
    public void failed(String failureKind) {
        history.failed(failureKind);
    }

    /** Replaces the warnings. */
    public void warnings(List<String> found) {
        warnings = List.copyOf(found);
    }

    /** Counts a source transaction that is divided. */
    public void transactionSplit() {
        splitTransactions.incrementAndGet();
    }

    /**
     * Records that the task is waiting after a failure, and counts the failure.
     *
     * @param waitingFor the condition that it waits for
     * @param failureKind the kind of the failure after which it waits
     * @param lastFailure the failure after which it waits
     * @param failures the number of failures in a row
     */
    public void waiting(String waitingFor, String failureKind, String lastFailure, int failures) {
        history.failed(failureKind);
        show(new View("WAITING", waitingFor, failureKind, lastFailure, failures));
    }

    @Override
    public String getConnector() {
        return connector;
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
    public String getFailureKind() {
        return view.failureKind();
    }

    @Override
    public String getLastFailure() {
        return view.lastFailure();
    }

    @Override
    public String[] getWarnings() {
        return warnings.toArray(String[]::new);
    }

    @Override
    public long getSplitTransactions() {
        return splitTransactions.get();
    }

    @Override
    public int getFailuresInARow() {
        return view.failures();
    }

    @Override
    public Map<String, Long> getFailures() {
        return history.failures();
    }

    @Override
    public long getRetries() {
        return history.retries();
    }

    @Override
    public long getStateChanges() {
        return history.stateChanges();
    }

    /** Unregisters it, unless another task with the same prefix has replaced it. */
    @Override
    public void close() {
        registration.close();
    }
}
