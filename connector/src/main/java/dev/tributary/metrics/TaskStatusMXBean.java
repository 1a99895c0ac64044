// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

/** The current status of a task: the MBean {@code dev.tributary:type=task,server=<topic.prefix>}. */
public interface TaskStatusMXBean {

    /** {@code RUNNING} or {@code WAITING}. */
    String getState();

    /** The condition that the task waits for before it captures again; empty while it runs. */
    String getWaitingFor();

    /** The kind of the failure that ended the last attempt, such as {@code SLOT_IN_USE}; empty while the task runs. */
    String getFailureKind();

    /** The failure that ended the last attempt; empty while the task runs. */
    String getLastFailure();

    /** What the checks before the start found that does not prevent it but is probably not intended. */
    String[] getWarnings();

    /** The number of failures in a row, without an event in between. */
    int getFailuresInARow();
}
