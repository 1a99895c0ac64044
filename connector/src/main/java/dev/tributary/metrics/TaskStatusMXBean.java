// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

/** What a task does right now: the MBean {@code dev.tributary:type=task,server=<topic.prefix>}. */
public interface TaskStatusMXBean {

    /** {@code RUNNING} or {@code WAITING}. */
    String getState();

    /** What has to become true before capturing can go on; empty while it runs. */
    String getWaitingFor();

    /** What ended the last attempt; empty while capturing runs. */
    String getLastFailure();

    /** Failures in a row, without an event in between. */
    int getFailuresInARow();
}
