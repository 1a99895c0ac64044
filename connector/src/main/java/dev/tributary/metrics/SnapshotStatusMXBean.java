// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.List;

/**
 * The progress of a snapshot: the MBean {@code dev.tributary:type=snapshot,server=<topic.prefix>}, which exists while a
 * snapshot waits to begin, and while rows are read. All numbers count from the start of the task: rows read in an
 * earlier run are not included.
 */
public interface SnapshotStatusMXBean {

    /** Rows that have been sent. */
    long getRows();

    /** Rows to send in total, estimated from the last analyze of the tables. */
    long getEstimatedRows();

    /** Percentage of the tables' files that has been read, from 0 to 100. */
    double getPercent();

    /** Rows sent per second, since the first row. */
    long getRowsPerSecond();

    /** Seconds left at the current rate; -1 while that is not known. */
    long getSecondsLeft();

    /** Bytes of WAL that the server retains for the slot; -1 while that is not known. */
    long getRetainedWalBytes();

    /** What the snapshot waits for before it can begin; empty once it reads. */
    String getWaitingFor();

    /** The sessions that wait for a lock which the snapshot holds, as texts; looked up every ten seconds. */
    List<String> getKeptWaiting();

    /** The tables, in the order in which they are read. */
    List<TableSnapshotStatus> getTables();
}
