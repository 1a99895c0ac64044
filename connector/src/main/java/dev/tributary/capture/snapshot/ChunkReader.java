// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.capture.stream.EventFailures;
import dev.tributary.failure.RowReadException;
import dev.tributary.failure.ShownText;
import dev.tributary.postgres.SharedSnapshot;
import dev.tributary.postgres.SnapshotSession;
import dev.tributary.row.RowImage;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Reads chunks one after the other over a connection of its own, until none are left. */
final class ChunkReader {

    private static final int LARGEST_BATCH = 256;
    private static final long LARGEST_BATCH_BYTES = 1 << 20;

    private final SnapshotRun run;
    private final EventFailures failures;
    private final SharedSnapshot shared;
    private final SnapshotSession session;
    private final long keptBytes;
    private final BooleanSupplier keepRunning;
    private List<RowRecord> rows = new ArrayList<>(LARGEST_BATCH);
    private long bytes;

    /**
     * @param session a session of the shared snapshot
     * @param keptBytes how many bytes of a chunk to keep until all of it is read; 0 for batches
     * @param keepRunning whether to continue
     */
    ChunkReader(
            SnapshotRun run,
            EventFailures failures,
            SharedSnapshot shared,
            SnapshotSession session,
            long keptBytes,
            BooleanSupplier keepRunning) {
        this.run = run;
        this.failures = failures;
        this.shared = shared;
        this.session = session;
        this.keptBytes = keptBytes;
        this.keepRunning = keepRunning;
    }

    /** Reads and sends chunks until none are left. */
    void readChunks() throws SQLException, InterruptedException {
        for (Chunk chunk = run.next(); chunk != null; chunk = run.next()) {
            read(chunk.source(), chunk.select());
            run.complete(chunk, rows);
            startBatch();
        }
    }

    /** Reads and sends the rows of a query. */
    void readRows(TableSource source, String select) throws SQLException, InterruptedException {
        read(source, select);
        send(source);
    }

    /** Reads the rows of a query and sends them in batches; the last batch is kept. */
    private void read(TableSource source, String select) throws SQLException, InterruptedException {
        if (session.lock(source.name())) {
            read(session.connection(), source, select);
        } else {
            shared.byKeeper(keeper -> read(keeper, source, select));
        }
    }

    private boolean read(Connection connection, TableSource source, String select)
            throws SQLException, InterruptedException {
        try {
            return RowCopy.read(connection, source, select, Long.MAX_VALUE, row -> add(source, row), shared::abandon);
        } catch (SQLException e) {
            throw ShownText.mayQuote(e) ? new RowReadException(source.name().toString(), e) : e;
        }
    }

    private void add(TableSource source, RowImage row) throws InterruptedException {
        if (!keepRunning.getAsBoolean()) {
            throw new InterruptedException("The snapshot was stopped in the middle of " + source.id());
        }
        if (isFull()) {
            send(source);
        }
        try {
            RowRecord record = source.records().of(row);
            rows.add(record);
            bytes += record.bytes();
        } catch (RuntimeException e) {
            failures.eventFailed(Map.of("snapshot of", source.id().identifier()), e);
        }
    }

    private boolean isFull() {
        return keptBytes > 0 ? bytes > keptBytes : rows.size() == LARGEST_BATCH || bytes > LARGEST_BATCH_BYTES;
    }

    private void send(TableSource source) throws InterruptedException {
        run.send(source, rows);
        startBatch();
    }

    private void startBatch() {
        rows = new ArrayList<>(LARGEST_BATCH);
        bytes = 0;
    }
}
