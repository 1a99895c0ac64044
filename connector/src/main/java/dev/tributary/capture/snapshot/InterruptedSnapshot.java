// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.capture.stream.CaptureSchema;
import dev.tributary.capture.stream.CatchUpStream;
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
import java.util.concurrent.ConcurrentHashMap;

/** A snapshot that an earlier run began and did not finish. */
final class InterruptedSnapshot {

    private static final List<String> KEYS = List.of(
            AbstractSourceInfo.SNAPSHOT_KEY,
            SourceInfo.LAST_SNAPSHOT_RECORD_KEY,
            CommonOffsetContext.SNAPSHOT_COMPLETED_KEY,
            SnapshotProgress.KEY);

    private final CatchUpStream catchUp;
    private final SnapshotProgress progress;
    private final Map<String, Object> unfinished = new ConcurrentHashMap<>();
    private final PostgresOffsetContext streamed;
    private final CaptureSchema schema;
    private final StaleRows stale;
    private boolean streaming;

    /** @param progress what it has sent */
    InterruptedSnapshot(SnapshotSetup setup, CatchUpStream catchUp, SnapshotProgress progress) {
        this.catchUp = catchUp;
        this.schema = setup.parts().schema();
        this.progress = progress;
        this.stale = new StaleRows();
        Map<String, Object> position =
                new HashMap<>(setup.parts().stored().orElseThrow().values());
        for (String key : KEYS) {
            Object value = position.remove(key);
            if (value != null) {
                unfinished.put(key, value);
            }
        }
        unfinished.put(SnapshotProgress.KEY, progress.text());
        unfinished.putAll(setup.parts().point().serverEntries());
        streamed = new PostgresOffsetContext.Loader(setup.config()).load(position);
    }

    /**
     * Streams what was committed before a position. The offsets of the records say that the snapshot is unfinished, so
     * an interruption here changes nothing, and Debezium would take the snapshot again.
     */
    void catchUp(ChangeEventSourceContext running, PostgresPartition partition, Lsn position)
            throws SQLException, InterruptedException {
        boolean again = streaming;
        streaming = true;
        catchUp.until(
                position,
                again,
                running,
                partition,
                streamed,
                unfinished,
                (table, row) -> stale.add(table, schema.tableFor(table), row));
    }

    /** What does not have to be read again. */
    SnapshotProgress progress() {
        return stale.isOverfull() ? SnapshotProgress.NONE : progress;
    }

    /** The rows that must be read again although their blocks may be complete. */
    StaleRows stale() {
        return stale;
    }
}
