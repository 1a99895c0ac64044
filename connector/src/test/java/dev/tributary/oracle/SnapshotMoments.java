// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.capture.backfill.Backfill;
import dev.tributary.position.ServerTimeline;
import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.pipeline.CommonOffsetContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Makes two snapshots comparable: they are taken at different moments, and read by more than one thread. */
final class SnapshotMoments {

    private static final List<String> NUMBERS = List.of(
            AbstractSourceInfo.TIMESTAMP_KEY,
            AbstractSourceInfo.TIMESTAMP_US_KEY,
            AbstractSourceInfo.TIMESTAMP_NS_KEY,
            SourceInfo.TXID_KEY,
            SourceInfo.LSN_KEY);

    private SnapshotMoments() {}

    /** The position of a row in its snapshot: {@code first}, {@code last} and so on. */
    static String marker(SourceRecord record) {
        return ((Struct) record.value()).getStruct("source").getString(AbstractSourceInfo.SNAPSHOT_KEY);
    }

    /** Whether a record is the last row of a snapshot. */
    static boolean isLast(SourceRecord record) {
        return "last".equals(marker(record));
    }

    static SourceRecord normalize(SourceRecord record) {
        Struct source = ((Struct) record.value()).getStruct("source");
        NUMBERS.forEach(field -> source.put(field, 0L));
        source.put(AbstractSourceInfo.SEQUENCE_KEY, "");
        source.put(AbstractSourceInfo.SNAPSHOT_KEY, "true");
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        offset.replace(SourceInfo.TIMESTAMP_USEC_KEY, 0L);
        offset.replace(SourceInfo.TXID_KEY, 0L);
        offset.replace(SourceInfo.LSN_KEY, 0L);
        offset.replace(SourceInfo.LAST_SNAPSHOT_RECORD_KEY, false);
        offset.replace(CommonOffsetContext.SNAPSHOT_COMPLETED_KEY, false);
        offset.remove("snapshot_progress");
        offset.keySet().removeAll(Backfill.KEYS);
        offset.remove(ServerTimeline.SYSTEM_ID);
        offset.remove(ServerTimeline.TIMELINE);
        return new SourceRecord(
                record.sourcePartition(),
                offset,
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                record.headers());
    }
}
