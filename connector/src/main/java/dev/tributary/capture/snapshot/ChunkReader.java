// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.SharedSnapshot;
import dev.tributary.postgres.SnapshotSession;
import dev.tributary.row.RowImage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads chunks one after the other over a connection of its own, until there are none left. */
final class ChunkReader {

    private static final int MOST_ROWS = 256;
    private static final long MOST_BYTES = 1 << 20;

    private final SnapshotRun run;
    private final SnapshotDispatch dispatch;
    private final SharedSnapshot shared;
    private final SnapshotSession session;
    private final BooleanSupplier running;
    private List<SnapshotRecords.Row> rows = new ArrayList<>(MOST_ROWS);
    private long bytes;

    /**
     * @param session of the shared snapshot
     * @param running whether to go on
     */
    ChunkReader(
            SnapshotRun run,
            SnapshotDispatch dispatch,
            SharedSnapshot shared,
            SnapshotSession session,
            BooleanSupplier running) {
        this.run = run;
        this.dispatch = dispatch;
        this.shared = shared;
        this.session = session;
        this.running = running;
    }

    void read() throws SQLException, InterruptedException {
        Chunk chunk = run.next();
        while (chunk != null) {
            read(chunk.table(), chunk.statement());
            run.complete(chunk, rows);
            clear();
            chunk = run.next();
        }
    }

    /** Reads and sends what a statement of COPY returns; rows that may be its last ones are kept. */
    void read(TableRun table, String statement) throws SQLException, InterruptedException {
        if (session.lock(table.source().name())) {
            read(session.connection(), table, statement);
        } else {
            shared.byKeeper(keeper -> read(keeper, table, statement));
        }
    }

    /** How many rows there were. */
    private long read(Connection connection, TableRun table, String statement)
            throws SQLException, InterruptedException {
        TableSource source = table.source();
        CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
        long count = 0;
        try {
            byte[] row = copy.readFromCopy();
            while (row != null) {
                if (!running.getAsBoolean()) {
                    throw new InterruptedException("The snapshot is stopped in the middle of " + source.id());
                }
                if (rows.size() == MOST_ROWS || bytes > MOST_BYTES) {
                    flush(table);
                }
                add(source, row);
                count++;
                row = copy.readFromCopy();
            }
            return count;
        } finally {
            if (copy.isActive()) {
                shared.abandon(connection, copy);
            }
        }
    }

    private void add(TableSource source, byte[] text) {
        try {
            SnapshotRecords.Row row = source.records().of(RowImage.ofCopyText(text, source.columns()));
            rows.add(row);
            bytes += row.bytes();
        } catch (RuntimeException e) {
            dispatch.failed(source.id(), e);
        }
    }

    /** Sends what was kept. */
    void flush(TableRun table) throws InterruptedException {
        run.send(table, rows);
        clear();
    }

    private void clear() {
        rows = new ArrayList<>(MOST_ROWS);
        bytes = 0;
    }
}
