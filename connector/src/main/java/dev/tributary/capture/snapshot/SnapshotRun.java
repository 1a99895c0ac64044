// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.record.RecordLane;
import io.debezium.connector.SnapshotRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one place that several readers share: it says who reads what next, and sends what they have read.
 *
 * <p>What is sent carries what is complete with it: a chunk is, when its last row is sent. Debezium marks the first and last
 * row of the snapshot and of each table. As chunks end in any order and may have no rows, which row is a table's last one
 * shows only when nobody reads in it any more; so the last row of a chunk waits until another chunk of its table has come to
 * its end, and the last row of a table until another table has.
 */
final class SnapshotRun {

    private final List<TableRun> tables;
    private final RecordLane lane;
    private final Watcher watcher;
    private volatile SnapshotProgress progress;
    private boolean begun;
    private int current;
    private @Nullable Held last;

    /** Is told what happens, in its order. */
    interface Watcher {

        /** A table is read from here on. */
        void begins(TableRun table);

        /** A row is sent. */
        void sends(TableRun table, SnapshotRecords.Row row);

        /** A chunk is complete. */
        void completes(Chunk chunk);

        /** All rows of a table have been read. */
        void ends(TableRun table);
    }

    /**
     * A row that waits.
     *
     * @param chunk what is complete with it
     */
    record Held(Chunk chunk, SnapshotRecords.Row row) {}

    /**
     * @param complete what has been sent before
     * @param lane takes the records; used by the thread that sends, whichever that is
     */
    SnapshotRun(List<TableRun> tables, SnapshotProgress complete, RecordLane lane, Watcher watcher) {
        this.tables = List.copyOf(tables);
        this.lane = lane;
        this.watcher = watcher;
        this.progress = complete;
        this.begun = !complete.isEmpty();
    }

    /** What is to be read next; null when nothing is left. */
    synchronized @Nullable Chunk next() {
        while (current < tables.size()) {
            TableRun table = tables.get(current);
            Chunk chunk = table.next();
            if (chunk != null) {
                if (table.starts()) {
                    watcher.begins(table);
                }
                return chunk;
            }
            if (table.chunks() == 0) {
                watcher.ends(table);
            }
            current++;
        }
        return null;
    }

    /** Sends rows of a chunk that has more of them. */
    synchronized void send(TableRun table, List<SnapshotRecords.Row> rows) throws InterruptedException {
        table.counts(rows.size());
        sendAll(table, rows);
        lane.flush();
    }

    /** Sends the last rows of a chunk. */
    synchronized void complete(Chunk chunk, List<SnapshotRecords.Row> rows) throws InterruptedException {
        TableRun table = chunk.table();
        table.read();
        table.counts(rows.size());
        if (rows.isEmpty()) {
            completed(chunk, with(chunk));
        } else {
            sendAll(table, rows.subList(0, rows.size() - 1));
            release(table.held(), SnapshotRecord.TRUE);
            table.hold(new Held(chunk, rows.get(rows.size() - 1)));
        }
        if (table.isRead()) {
            end(table);
        }
        lane.flush();
    }

    private void sendAll(TableRun table, List<SnapshotRecords.Row> rows) throws InterruptedException {
        for (SnapshotRecords.Row row : rows) {
            send(table, row, SnapshotRecord.TRUE, progress);
        }
    }

    private void end(TableRun table) throws InterruptedException {
        if (table.held() != null) {
            release(last, SnapshotRecord.LAST_IN_DATA_COLLECTION);
            last = table.held();
            table.hold(null);
        }
        watcher.ends(table);
    }

    /** Sends the last row of the snapshot. */
    synchronized void finish() throws InterruptedException {
        release(last, SnapshotRecord.LAST);
        last = null;
        lane.flush();
    }

    private void release(@Nullable Held held, SnapshotRecord marker) throws InterruptedException {
        if (held != null) {
            SnapshotProgress next = with(held.chunk());
            send(held.chunk().table(), held.row(), marker, next);
            completed(held.chunk(), next);
        }
    }

    private SnapshotProgress with(Chunk chunk) {
        TableSource source = chunk.table().source();
        return progress.with(source.name(), source.identity(), chunk.range());
    }

    /** Its last row is on its way: from here on, what others send comes behind it. */
    private void completed(Chunk chunk, SnapshotProgress next) {
        progress = next;
        watcher.completes(chunk);
    }

    private void send(TableRun table, SnapshotRecords.Row row, SnapshotRecord marker, SnapshotProgress complete)
            throws InterruptedException {
        boolean firstOfTable = table.sends();
        row.mark().set(marker == SnapshotRecord.TRUE ? first(firstOfTable) : marker, complete);
        begun = true;
        watcher.sends(table, row);
        lane.add(row.record(), row.bytes());
    }

    private SnapshotRecord first(boolean ofTable) {
        return !begun ? SnapshotRecord.FIRST : ofTable ? SnapshotRecord.FIRST_IN_DATA_COLLECTION : SnapshotRecord.TRUE;
    }

    /** What is complete with all that has been sent by now; for any thread. */
    SnapshotProgress progress() {
        return progress;
    }
}
