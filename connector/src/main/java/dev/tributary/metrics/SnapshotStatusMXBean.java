// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.List;

/**
 * How far a snapshot is: the MBean {@code dev.tributary:type=snapshot,server=<topic.prefix>}, which is there while rows are
 * read. Everything counts from the start of the task: what an earlier run had read is not in it.
 */
public interface SnapshotStatusMXBean {

    /** How many rows have been sent. */
    long getRows();

    /** How many rows there are to send, as the last analyze of the tables lets expect. */
    long getEstimatedRows();

    /** How much of the tables' files has been read, from 0 to 100. */
    double getPercent();

    /** Rows that have been sent per second, since the first. */
    long getRowsPerSecond();

    /** How many seconds are left if it goes on at the same pace; -1 while nothing tells. */
    long getSecondsLeft();

    /** How many bytes of WAL the slot keeps the server from removing; -1 while that is not known. */
    long getRetainedWalBytes();

    /** Each table, in the order in which they are read. */
    List<TableSnapshotStatus> getTables();
}
