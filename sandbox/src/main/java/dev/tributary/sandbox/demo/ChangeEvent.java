// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import java.time.Instant;

/**
 * A change event that has arrived.
 *
 * @param topic its topic
 * @param partition its partition
 * @param key its key, such as {@code id=7}
 * @param table the table that changed, without schema
 * @param operation what happened to the row
 * @param committed when the transaction was committed, by Postgres's clock
 * @param arrived when the consumer received it
 */
record ChangeEvent(
        String topic,
        int partition,
        String key,
        String table,
        Operation operation,
        Instant committed,
        Instant arrived) {

    /** The operations that Debezium's envelope calls r, c, u and d. */
    enum Operation {
        READ,
        INSERT,
        UPDATE,
        DELETE
    }

    long latencyMillis() {
        return Math.max(0, arrived.toEpochMilli() - committed.toEpochMilli());
    }
}
