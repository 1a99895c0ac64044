// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

/** Requests to a running task: the MBean {@code dev.tributary:type=control,server=<topic.prefix>}. */
public interface ControlMXBean {

    /**
     * Asks for a snapshot of a table, as Debezium's signal {@code execute-snapshot} does. The task takes the request
     * within {@code signal.poll.interval.ms}.
     *
     * @param table its name with its schema, such as {@code public.orders}
     * @param type {@code incremental}, read in chunks while changes are streamed; or {@code blocking}, changes wait
     * @return the id of the signal, which the log and notifications name
     * @throws IllegalArgumentException if the type is none of these
     * @throws IllegalStateException if the configuration does not allow it, with the fix; or if the task does not
     *     stream changes now, because it takes its first snapshot for example
     */
    String snapshot(String table, String type);

    /**
     * Asks to stop the incremental snapshot of a table.
     *
     * @param table its name with its schema
     * @return the id of the signal
     * @throws IllegalStateException if the task does not stream changes now
     */
    String stopSnapshot(String table);
}
