// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.Map;

/** The current status of a task: the MBean {@code dev.tributary:type=task,server=<topic.prefix>}. */
public interface TaskStatusMXBean {

    /** The name of the connector. */
    String getConnector();

    /** {@code RUNNING} or {@code WAITING}. */
    String getState();

    /** The condition that the task waits for before it captures again; empty while it runs. */
    String getWaitingFor();

    /** The kind of the failure that ended the last attempt, such as {@code SLOT_IN_USE}; empty while the task runs. */
    String getFailureKind();

    /** The failure that ended the last attempt; empty while the task runs. */
    String getLastFailure();

    /**
     * What the checks found that is probably not intended: before the start, and about tables, when the catalog has
     * changed since. What would prevent the next start is marked as an error.
     */
    String[] getWarnings();

    /**
     * How many source transactions the task has divided because they were too large for one Kafka transaction:
     * {@code transaction.oversize}.
     */
    long getSplitTransactions();

    /** The number of failures in a row, without an event in between. */
    int getFailuresInARow();

    /** How many failures of each kind there were since the worker started, also in former tasks of the connector. */
    Map<String, Long> getFailures();

    /** How many attempts followed a failure since the worker started, also in former tasks of the connector. */
    long getRetries();

    /** How often the state has changed since the worker started, also in former tasks of the connector. */
    long getStateChanges();
}
