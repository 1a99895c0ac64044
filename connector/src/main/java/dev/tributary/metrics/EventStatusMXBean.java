// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.List;

/**
 * The events of a task, since its start: {@code dev.tributary:type=events,server=<topic.prefix>}. An event counts when
 * Connect confirms that it is stored in Kafka.
 */
public interface EventStatusMXBean {

    /** The name of the connector. */
    String getConnector();

    /** The version of Tributary. */
    String getVersion();

    /**
     * The events of each table, in the order of the tables' names. Of very many tables, those that have been quiet for
     * longest are counted together as {@value TableEventStatus#OTHERS}, so that the sum never decreases.
     */
    List<TableEventStatus> getTables();

    /** Events that were not stored: a transform or a predicate dropped them, or an error that is tolerated did. */
    long getDroppedEvents();

    /**
     * How old the oldest change is that is not stored in Kafka yet, in milliseconds; 0 if there is none, -1 if that is
     * not known. Accurate to the interval of the guard, or while events are on their way, to their commit times.
     */
    long getLagMillis();

    /** Bytes of WAL that the server has written and the connector has not acknowledged; -1 if that is not known. */
    long getLagBytes();

    /** Records that wait for Connect; -1 while nothing is captured. */
    long getQueueRecords();

    /** {@code max.queue.size}; -1 while nothing is captured. */
    long getQueueRecordsLimit();

    /** Bytes of records that wait for Connect, or that it has taken and not sent yet; -1 while nothing is captured. */
    long getQueueBytes();

    /** {@code max.queue.size.in.bytes}; 0 without a limit, -1 while nothing is captured. */
    long getQueueBytesLimit();

    /**
     * The upper bounds of a histogram, in seconds: how long it took from the commit of a change in Postgres until Kafka
     * had stored its event. Rows of snapshots do not count.
     */
    double[] getCommitToKafkaBounds();

    /** For each of these bounds how many events did not exceed it, and then how many there were. */
    long[] getCommitToKafkaCounts();

    /** The sum of all these times, in seconds. */
    double getCommitToKafkaSum();
}
