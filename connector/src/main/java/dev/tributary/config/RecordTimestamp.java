// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/** Where the timestamp of a Kafka record comes from: the option {@code record.timestamp}. */
public enum RecordTimestamp {
    /** The commit time of the transaction; in a snapshot, the time the snapshot was taken. */
    COMMIT,
    /** The producer's time of sending, as with Debezium. */
    NONE
}
