// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import io.debezium.connector.postgresql.SourceInfo;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The timestamp that Kafka records get: {@code record.timestamp}, decided here for every record. */
public enum RecordTimestamps {

    /**
     * The commit time of the transaction, so that consumers, retention and windows see when a change happened and not
     * when it was sent. In a snapshot it is the time the snapshot was taken. Kafka counts in milliseconds; microseconds
     * are rounded down. If the server's clock is ahead of the worker's, it is the worker's time, because brokers refuse
     * timestamps from the future ({@code message.timestamp.after.max.ms}, an hour by default). Records that belong to
     * no transaction keep the time of sending: heartbeats, notifications, and logical messages outside a transaction.
     */
    COMMIT {
        @Override
        public Long of(long commitMillis) {
            return Math.min(commitMillis, System.currentTimeMillis());
        }

        /** Takes the time from the offset, so a tombstone gets the same one as the delete before it. */
        @Override
        public SourceRecord stamp(SourceRecord record) {
            if (record.timestamp() != null
                    || !isOfTransaction(record)
                    || !(record.sourceOffset().get(SourceInfo.TIMESTAMP_USEC_KEY) instanceof Long micros)) {
                return record;
            }
            return record.newRecord(
                    record.topic(),
                    record.kafkaPartition(),
                    record.keySchema(),
                    record.key(),
                    record.valueSchema(),
                    record.value(),
                    of(Math.floorDiv(micros, TimeUnit.MILLISECONDS.toMicros(1))),
                    record.headers());
        }
    },

    /** None: the producer sets the time of sending, as with Debezium. */
    NONE {
        @Override
        public @Nullable Long of(long commitMillis) {
            return null;
        }

        @Override
        public SourceRecord stamp(SourceRecord record) {
            return record;
        }
    };

    private static final Set<String> WITHOUT_TRANSACTION =
            Set.of("io.debezium.connector.common.Heartbeat", "io.debezium.connector.common.Notification");

    /** The timestamp of a record that we make, in milliseconds since the epoch; null if the producer sets it. */
    public abstract @Nullable Long of(long commitMillis);

    /** Returns a record that Debezium's parts made, with its timestamp. */
    public abstract SourceRecord stamp(SourceRecord record);

    private static boolean isOfTransaction(SourceRecord record) {
        Schema value = record.valueSchema();
        return record.sourceOffset().get(SourceInfo.TXID_KEY) != null
                && (value == null || value.name() == null || !WITHOUT_TRANSACTION.contains(value.name()));
    }
}
