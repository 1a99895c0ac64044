// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.handover.RecordLane;
import io.debezium.connector.SnapshotRecord;
import io.debezium.relational.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The one place that all readers share: it decides which chunk is read next, and sends the rows that were read.
 *
 * <p>A chunk is complete when its last row is sent, and each record carries what is complete with it. Debezium marks
 * the first and the last row of the snapshot and of each table. Chunks end in any order and may have no rows, so it is
 * not known which row is the last one of its table until nobody reads the table any more. Therefore the last row of a
 * chunk is held until another chunk of its table ends, and the last row of a table until another table ends. If the
 * rows of a chunk leave together, all of them are held.
 */
final class SnapshotRun {

    private final List<TableRun> tables;
    private final Map<TableId, TableRun> byId = new HashMap<>();
    private final RecordLane lane;
    private final Watcher watcher;
    private final boolean whole;
    private volatile SnapshotProgress progress;
    private boolean begun;
    private int current;
    private @Nullable HeldRows last;

    /** Is notified of each step, in order. */
    interface Watcher {

        /** The first chunk of a table is about to be read. */
        void tableStarted(TableRun table);

        /** A row is sent. */
        void rowSent(TableRun table, RowRecord row);

        /** A chunk of a table is complete. */
        void chunkCompleted(TableRun table);

        /** All rows of a table have been read. */
        void tableRead(TableRun table);
    }

    /**
     * @param complete what was sent before
     * @param lane takes the records; used by one thread at a time
     * @param whole whether the rows of a chunk leave together, in one {@linkplain RecordLane.Unit unit}, if all of them
     *     are passed to {@link #complete}
     */
    SnapshotRun(List<TableRun> tables, SnapshotProgress complete, RecordLane lane, Watcher watcher, boolean whole) {
        this.whole = whole;
        this.tables = List.copyOf(tables);
        this.lane = lane;
        this.watcher = watcher;
        this.progress = complete;
        this.begun = !complete.isEmpty();
        tables.forEach(table -> byId.put(table.source().id(), table));
    }

    /** Returns the chunk to read next; null if none is left. */
    synchronized @Nullable Chunk next() {
        while (current < tables.size()) {
            TableRun table = tables.get(current);
            Chunk chunk = table.next();
            if (chunk != null) {
                if (table.starts()) {
                    watcher.tableStarted(table);
                }
                return chunk;
            }
            if (table.chunks() == 0) {
                watcher.tableRead(table);
            }
            current++;
        }
        return null;
    }

    /** Sends rows of a chunk that has more of them. */
    synchronized void send(TableSource source, List<RowRecord> rows) throws InterruptedException {
        TableRun table = run(source);
        table.count(rows.size());
        releaseLast();
        sendAll(table, rows);
        lane.flush();
    }

    /** Sends the last rows of a chunk. */
    synchronized void complete(Chunk chunk, List<RowRecord> rows) throws InterruptedException {
        TableRun table = run(chunk.source());
        table.chunkRead();
        table.count(rows.size());
        if (rows.isEmpty()) {
            completed(table, with(chunk));
        } else {
            int held = whole ? 0 : rows.size() - 1;
            if (held > 0 || table.held() != null) {
                releaseLast();
            }
            sendAll(table, rows.subList(0, held));
            release(table.held(), SnapshotRecord.TRUE);
            table.hold(new HeldRows(chunk, rows.subList(held, rows.size())));
        }
        if (table.isRead()) {
            end(table);
        }
        lane.flush();
    }

    private TableRun run(TableSource source) {
        return Objects.requireNonNull(byId.get(source.id()));
    }

    private void sendAll(TableRun table, List<RowRecord> rows) throws InterruptedException {
        for (RowRecord row : rows) {
            send(table, row, SnapshotRecord.TRUE, progress);
        }
    }

    private void end(TableRun table) throws InterruptedException {
        if (table.held() != null) {
            releaseLast();
            last = table.held();
            table.hold(null);
        }
        watcher.tableRead(table);
    }

    /** Sends the last row of the snapshot. */
    synchronized void finish() throws InterruptedException {
        release(last, SnapshotRecord.LAST);
        last = null;
        lane.flush();
    }

    /** Sends the row that was the last of the snapshot so far, because it is not. */
    private void releaseLast() throws InterruptedException {
        release(last, SnapshotRecord.LAST_IN_DATA_COLLECTION);
        last = null;
    }

    private void release(@Nullable HeldRows held, SnapshotRecord marker) throws InterruptedException {
        if (held != null) {
            SnapshotProgress next = with(held.chunk());
            TableRun table = run(held.chunk().source());
            lane.begin(RecordLane.Unit.ROWS);
            sendAll(table, held.butLast());
            send(table, held.last(), marker, next);
            lane.end();
            completed(table, next);
        }
    }

    private SnapshotProgress with(Chunk chunk) {
        TableSource source = chunk.source();
        return progress.with(source.name(), source.identity(), chunk.range());
    }

    /** The last row of a chunk is on its way; records that others send from here on follow it. */
    private void completed(TableRun table, SnapshotProgress next) {
        progress = next;
        watcher.chunkCompleted(table);
    }

    private void send(TableRun table, RowRecord row, SnapshotRecord marker, SnapshotProgress complete)
            throws InterruptedException {
        boolean firstOfTable = table.begin();
        row.mark().set(marker(marker, firstOfTable), complete);
        begun = true;
        watcher.rowSent(table, row);
        lane.add(row.record(), row.bytes(), false);
    }

    /** A row that is several of these at once has the first marker of: last, first, last of its table, first of it. */
    private SnapshotRecord marker(SnapshotRecord asLast, boolean firstOfTable) {
        if (!begun && asLast != SnapshotRecord.LAST) {
            return SnapshotRecord.FIRST;
        }
        return asLast == SnapshotRecord.TRUE && firstOfTable ? SnapshotRecord.FIRST_IN_DATA_COLLECTION : asLast;
    }

    /** What is complete with all rows sent so far; for any thread. */
    SnapshotProgress progress() {
        return progress;
    }
}
