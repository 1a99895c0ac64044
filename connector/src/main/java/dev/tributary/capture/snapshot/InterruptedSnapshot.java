// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.position.Lsn;
import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.PostgresSchema;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.pipeline.CommonOffsetContext;
import io.debezium.pipeline.source.spi.ChangeEventSource.ChangeEventSourceContext;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A snapshot that was begun by an earlier run and did not come to its end. */
final class InterruptedSnapshot {

    private static final List<String> KEYS = List.of(
            AbstractSourceInfo.SNAPSHOT_KEY,
            SourceInfo.LAST_SNAPSHOT_RECORD_KEY,
            CommonOffsetContext.SNAPSHOT_COMPLETED_KEY,
            SnapshotProgress.KEY);

    private final CatchUp catchUp;
    private final SnapshotProgress progress;
    private final Map<String, Object> unfinished = new HashMap<>();
    private final PostgresOffsetContext streamed;
    private final PostgresSchema schema;
    private final StaleRows stale;
    private boolean streaming;

    /** @param progress what of it has been sent */
    InterruptedSnapshot(SnapshotSetup setup, CatchUp catchUp, SnapshotProgress progress) {
        this.catchUp = catchUp;
        this.schema = setup.schema();
        this.progress = progress;
        this.stale = new StaleRows();
        Map<String, Object> position =
                new HashMap<>(setup.stored().orElseThrow().values());
        for (String key : KEYS) {
            Object value = position.remove(key);
            if (value != null) {
                unfinished.put(key, value);
            }
        }
        unfinished.put(SnapshotProgress.KEY, progress.text());
        streamed = new PostgresOffsetContext.Loader(setup.config()).load(position);
    }

    /**
     * Streams what was committed before a position. The records say in their offsets that the snapshot is unfinished, so
     * that an interruption here changes nothing, and Debezium would take it again.
     */
    void catchUp(ChangeEventSourceContext context, PostgresPartition partition, Lsn position)
            throws SQLException, InterruptedException {
        boolean again = streaming;
        streaming = true;
        catchUp.until(
                position,
                again,
                context,
                partition,
                streamed,
                record -> UnfinishedOffset.in(record, unfinished),
                (table, row) -> stale.add(table, schema.tableFor(table), row));
    }

    /** What need not be read again. */
    SnapshotProgress progress() {
        return stale.isOverfull() ? SnapshotProgress.NONE : progress;
    }

    /** What has to be read again although it may lie where the snapshot had been. */
    StaleRows stale() {
        return stale;
    }
}
