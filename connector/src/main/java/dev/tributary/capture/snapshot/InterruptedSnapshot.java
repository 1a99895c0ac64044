// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.capture.stream.CaptureSchema;
import dev.tributary.capture.stream.CatchUpStream;
import dev.tributary.capture.stream.CatchUpWatch;
import dev.tributary.position.Lsn;
import dev.tributary.postgres.TableName;
import dev.tributary.row.RowImage;
import io.debezium.connector.AbstractSourceInfo;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.pipeline.CommonOffsetContext;
import io.debezium.pipeline.source.spi.ChangeEventSource.ChangeEventSourceContext;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A snapshot that an earlier run began and did not finish. */
final class InterruptedSnapshot implements CatchUpWatch {

    private static final Logger LOG = LoggerFactory.getLogger(InterruptedSnapshot.class);

    private static final List<String> KEYS = List.of(
            AbstractSourceInfo.SNAPSHOT_KEY,
            SourceInfo.LAST_SNAPSHOT_RECORD_KEY,
            CommonOffsetContext.SNAPSHOT_COMPLETED_KEY,
            SnapshotProgress.KEY);

    private final CatchUpStream catchUp;
    private final Map<String, Object> unfinished = new ConcurrentHashMap<>();
    private final PostgresOffsetContext streamed;
    private final CaptureSchema schema;
    private final StaleRows stale;
    private final KnownTables tables;
    private SnapshotProgress progress;
    private boolean streaming;

    /**
     * @param sent what it has sent
     * @param entries the entries that every offset has
     */
    InterruptedSnapshot(
            SnapshotSetup setup,
            CatchUpStream catchUp,
            SnapshotProgress sent,
            KnownTables tables,
            Map<String, String> entries) {
        this.catchUp = catchUp;
        this.schema = setup.parts().schema();
        this.tables = tables;
        this.progress = sent;
        for (TableName table : tables.interrupted(sent.tables().keySet())) {
            progress = progress.without(table);
        }
        this.stale = new StaleRows();
        Map<String, Object> position =
                new HashMap<>(setup.parts().stored().orElseThrow().values());
        for (String key : KEYS) {
            Object value = position.remove(key);
            if (value != null) {
                unfinished.put(key, value);
            }
        }
        unfinished.putAll(entries);
        unfinished.put(SnapshotProgress.KEY, progress.text());
        unfinished.putAll(setup.parts().point().serverEntries());
        unfinished.putAll(schema.offsetEntries());
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
        catchUp.until(position, again, running, partition, streamed, unfinished, this);
    }

    @Override
    public void updated(TableId table, RowImage row) {
        stale.add(table, schema.tableFor(table), row);
    }

    /** From here on, no offset claims rows of a table whose changes are not captured for a while. */
    @Override
    public void described(@Nullable TableId table, long oid) {
        Optional<TableName> known = tables.elsewhere(table, oid).filter(progress::hasBegun);
        if (known.isPresent()) {
            LOG.warn(
                    "{} was not captured for a while (another name or schema), so changes of it are missing; its rows will"
                            + " be read, and rows that no longer exist keep their last event",
                    known.get());
            progress = progress.without(known.get());
            unfinished.put(SnapshotProgress.KEY, progress.text());
        }
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
