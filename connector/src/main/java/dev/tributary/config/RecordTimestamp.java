// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

/** Where the timestamp of a Kafka record comes from. */
public enum RecordTimestamp {
    /** The commit time of the transaction; in a snapshot, the time the snapshot was taken. */
    COMMIT,
    /** Left to the producer, as stock Debezium does: the time of sending. */
    NONE
}
