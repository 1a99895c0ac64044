// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.connector.postgresql.SourceInfo;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Gives a record the commit time of its transaction as the Kafka record timestamp, so that consumers, retention and
 * windows see when a change happened and not when it was sent.
 *
 * <p>The time is the one in the record's offset, so a tombstone has it as well as the delete before it. Kafka counts in
 * milliseconds; Postgres's microseconds are rounded down. What tells of no transaction keeps the time of sending:
 * heartbeats, notifications, logical messages outside a transaction.
 */
final class CommitTimestamp {

    private static final Set<String> WITHOUT_TRANSACTION =
            Set.of("io.debezium.connector.common.Heartbeat", "io.debezium.connector.common.Notification");

    private CommitTimestamp() {}

    static SourceRecord stamp(SourceRecord record) {
        if (record.timestamp() != null
                || !tellsOfATransaction(record)
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
                Math.floorDiv(micros, TimeUnit.MILLISECONDS.toMicros(1)),
                record.headers());
    }

    private static boolean tellsOfATransaction(SourceRecord record) {
        Schema value = record.valueSchema();
        return record.sourceOffset().get(SourceInfo.TXID_KEY) != null
                && (value == null || !WITHOUT_TRANSACTION.contains(value.name()));
    }
}
