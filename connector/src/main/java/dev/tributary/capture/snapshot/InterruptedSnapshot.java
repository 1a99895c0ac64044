// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.position.Lsn;
import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.pipeline.CommonOffsetContext;
import io.debezium.pipeline.source.spi.ChangeEventSource.ChangeEventSourceContext;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A snapshot that was begun by an earlier run and did not come to its end.
 *
 * @param progress what of it has been sent
 */
record InterruptedSnapshot(SnapshotSetup setup, SnapshotProgress progress) {

    /**
     * Streams what was committed before a position. The records say in their offsets that the snapshot is unfinished, so
     * that an interruption here changes nothing, and Debezium would take it again.
     */
    void catchUp(ChangeEventSourceContext context, PostgresPartition partition, Lsn point, StaleRows stale)
            throws SQLException, InterruptedException {
        Map<String, Object> streaming =
                new HashMap<>(setup.stored().orElseThrow().values());
        Map<String, Object> unfinished = new HashMap<>();
        for (String key : List.of(
                AbstractSourceInfo.SNAPSHOT_KEY,
                SourceInfo.LAST_SNAPSHOT_RECORD_KEY,
                CommonOffsetContext.SNAPSHOT_COMPLETED_KEY)) {
            Object value = streaming.remove(key);
            if (value != null) {
                unfinished.put(key, value);
            }
        }
        streaming.remove(SnapshotProgress.KEY);
        unfinished.put(SnapshotProgress.KEY, progress.text());
        PostgresOffsetContext offset = new PostgresOffsetContext.Loader(setup.config()).load(streaming);
        setup.catchUp().until(point, context, partition, offset, record -> with(record, unfinished), stale::add);
    }

    private static SourceRecord with(SourceRecord record, Map<String, Object> unfinished) {
        return new SourceRecord(
                record.sourcePartition(),
                new UnfinishedOffset(record.sourceOffset(), unfinished),
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
