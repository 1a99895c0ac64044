// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.metrics.SnapshotStatusMXBean;
import dev.tributary.metrics.TableSnapshotStatus;
import io.debezium.relational.TableId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The progress and the speed of a snapshot. The remaining time is computed from the size of the tables' files, which is
 * known; the number of rows in them is only an estimate.
 *
 * <p>One thread at a time counts; any thread may read.
 */
final class SnapshotPace implements SnapshotStatusMXBean {

    private static final long UNKNOWN = -1;
    private static final double ALL = 100.0;
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Map<TableId, TablePace> tables = new LinkedHashMap<>();
    private final LongSupplier nanoTime;
    private final long startNanos;
    private final long bytes;
    private final AtomicLong rows = new AtomicLong();
    private final AtomicLong retained = new AtomicLong(UNKNOWN);
    private volatile List<String> keptWaiting = List.of();

    /** @param chunkBytes the size of a chunk, roughly */
    SnapshotPace(List<TableRun> runs, long chunkBytes, LongSupplier nanoTime) {
        for (TableRun run : runs) {
            tables.put(run.source().id(), new TablePace(run, chunkBytes));
        }
        this.nanoTime = nanoTime;
        this.startNanos = nanoTime.getAsLong();
        this.bytes = tables.values().stream().mapToLong(TablePace::bytes).sum();
    }

    /** A row of a table is sent. */
    void rowSent(TableId table) {
        pace(table).rows.lazySet(pace(table).rows.get() + 1);
        rows.lazySet(rows.get() + 1);
    }

    /** A chunk of a table is complete. */
    void chunkCompleted(TableId table) {
        TablePace pace = pace(table);
        pace.chunksRead.incrementAndGet();
        pace.rowsOfComplete.set(pace.rows.get());
    }

    /** The slot was seen to retain this much WAL. */
    void retainedWal(long walBytes) {
        retained.set(walBytes);
    }

    /** These sessions wait for a lock which the snapshot holds. */
    void keepsWaiting(List<String> sessions) {
        keptWaiting = List.copyOf(sessions);
    }

    @SuppressWarnings("NullAway") // every table asked for is among the runs
    private TablePace pace(TableId table) {
        return tables.get(table);
    }

    @Override
    public long getRows() {
        return rows.get();
    }

    @Override
    public long getEstimatedRows() {
        return tables.values().stream().mapToLong(table -> table.estimatedRows).sum();
    }

    @Override
    public double getPercent() {
        return bytes == 0 ? ALL : ALL * bytesRead() / bytes;
    }

    @Override
    public long getRowsPerSecond() {
        return Math.round(rows.get() / seconds());
    }

    @Override
    public long getSecondsLeft() {
        double read = bytesRead();
        return read == 0 ? UNKNOWN : Math.round(seconds() / read * (bytes - read));
    }

    private double bytesRead() {
        return tables.values().stream().mapToDouble(TablePace::bytesRead).sum();
    }

    private double seconds() {
        return Math.max(1, nanoTime.getAsLong() - startNanos) / NANOS_PER_SECOND;
    }

    @Override
    public long getRetainedWalBytes() {
        return retained.get();
    }

    @Override
    public String getWaitingFor() {
        return "";
    }

    @Override
    public List<String> getKeptWaiting() {
        return keptWaiting;
    }

    @Override
    public List<TableSnapshotStatus> getTables() {
        return tables.entrySet().stream()
                .map(entry -> entry.getValue().status(entry.getKey()))
                .toList();
    }

    /** Returns a line for the log: the whole snapshot, and the table that is being read. */
    String line(TableId table) {
        TablePace pace = pace(table);
        return String.format(
                Locale.ROOT,
                "%.0f%% read, %,d rows, %,d rows/s, about %d s left%s; %d of %d chunks of %s",
                getPercent(),
                getRows(),
                getRowsPerSecond(),
                getSecondsLeft(),
                retained.get() == UNKNOWN
                        ? ""
                        : String.format(Locale.ROOT, "; the slot retains %,d MB of WAL", retained.get() >> 20),
                pace.chunksRead.get(),
                pace.chunks,
                table);
    }

    /** The progress of one table. */
    private static final class TablePace {

        /** The part of a chunk that can be read before it is known to be complete. */
        private static final double ALMOST = 0.99;

        private final int chunks;
        private final long chunkBytes;
        private final long estimatedRows;
        private final AtomicLong chunksRead = new AtomicLong();
        private final AtomicLong rows = new AtomicLong();
        private final AtomicLong rowsOfComplete = new AtomicLong();

        TablePace(TableRun run, long chunkBytes) {
            long size = run.source().storage().bytes();
            this.chunks = run.chunks();
            // An empty table is read, too.
            this.chunkBytes = Math.max(1, Math.min(size, chunkBytes));
            this.estimatedRows =
                    Math.round(run.source().storage().rows() * Math.min(1.0, (double) bytes() / Math.max(1, size)));
        }

        long bytes() {
            return chunks * chunkBytes;
        }

        double bytesRead() {
            return chunksRead() * chunkBytes;
        }

        /** Within a chunk, the rows say how far it is: the chunks before had so many, or as many are estimated. */
        private double chunksRead() {
            long complete = chunksRead.get();
            double perChunk =
                    complete == 0 ? (double) estimatedRows / chunks : (double) rowsOfComplete.get() / complete;
            if (complete >= chunks || perChunk == 0) {
                return complete;
            }
            return complete + Math.min((rows.get() - rowsOfComplete.get()) / perChunk, ALMOST);
        }

        TableSnapshotStatus status(TableId table) {
            return new TableSnapshotStatus(
                    table.identifier(), rows.get(), estimatedRows, chunks == 0 ? ALL : ALL * chunksRead() / chunks);
        }
    }
}
