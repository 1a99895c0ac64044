// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * A connector that captures the table {@code still}, and is then configured to capture more: {@code added}, with
 * {@value #ADDED} rows, or a table of the test's own.
 */
final class BackfillScenario implements AutoCloseable {

    static final int ADDED = 3_000;

    private final Wal wal;
    private final MemoryOffsets offsets = new MemoryOffsets();
    private final Map<String, String> options;

    private BackfillScenario(Wal wal) {
        this.wal = wal;
        this.options = wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of());
        with("snapshot.mode", "initial").capturing("public.still");
    }

    static BackfillScenario on(PostgresServer server) {
        return of(Wal.after(
                server,
                "CREATE TABLE still (id int PRIMARY KEY, v text)",
                "INSERT INTO still SELECT i, 'v' || i FROM generate_series(1, 30) AS i",
                "CREATE TABLE added (id int PRIMARY KEY, v text)",
                "INSERT INTO added SELECT i, repeat('v', 100) FROM generate_series(1, " + ADDED + ") AS i",
                "CREATE PUBLICATION everything FOR ALL TABLES"));
    }

    /** The same on a database that has a table {@code still} of its own. */
    static BackfillScenario of(Wal wal) {
        return new BackfillScenario(wal);
    }

    BackfillScenario with(String option, String value) {
        options.put(option, value);
        return this;
    }

    BackfillScenario capturing(String tables) {
        return with("table.include.list", tables);
    }

    /** Reads a table a block at a time, and holds few records: there is time for things to happen in its middle. */
    BackfillScenario inSmallChunks() {
        return with("max.batch.size", "50").with("max.queue.size", "100").with("internal.backfill.chunk.bytes", "8192");
    }

    /** The first run: takes the snapshot, and streams a change after it. */
    BackfillScenario captured() throws InterruptedException {
        try (Capture capture = start()) {
            capture.untilSnapshotEnds();
            execute("UPDATE still SET v = 'changed' WHERE id = 2");
            List<SourceRecord> read = new ArrayList<>();
            capture.until(read, record -> kind(record).equals("still u"));
            capture.commit(read.get(read.size() - 1));
        }
        awaitRelease();
        return this;
    }

    Capture start() {
        return Capture.start(Contender.TRIBUTARY, options, offsets);
    }

    /** A run that ends when no table is left to be read: the kinds of its records, all of which are stored. */
    List<String> run() throws InterruptedException {
        List<SourceRecord> read;
        try (Capture capture = start()) {
            read = untilComplete(capture);
            capture.commit(read.get(read.size() - 1));
        }
        awaitRelease();
        return kinds(read);
    }

    /** Everything that arrives until no table is left to be read. */
    List<SourceRecord> untilComplete(Capture capture) {
        List<SourceRecord> read = new ArrayList<>();
        do {
            read.addAll(capture.until(wal.mark()));
        } while (!isComplete(read.get(read.size() - 1)));
        return read;
    }

    /** Whether the offset of a record names no table that is left to be read. */
    static boolean isComplete(SourceRecord record) {
        return !record.sourceOffset().containsKey("backfill");
    }

    /** Adds the kinds of the records that arrive, until that is enough. */
    static void pollUntil(Capture capture, List<String> kinds, BooleanSupplier isEnough) {
        capture.untilEnough(record -> kinds.add(kind(record)), isEnough);
    }

    Mark mark() {
        return wal.mark();
    }

    Connection connect() throws SQLException {
        return wal.connect();
    }

    void execute(String... statements) {
        try (Connection connection = wal.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static long count(List<String> kinds, String kind) {
        return kinds.stream().filter(kind::equals).count();
    }

    static List<String> kinds(List<SourceRecord> records) {
        return records.stream().map(BackfillScenario::kind).toList();
    }

    /** A record's table and operation, such as {@code added r}; {@code -} if it is not a row. */
    static String kind(SourceRecord record) {
        if (!(record.value() instanceof Struct value) || value.schema().field("op") == null) {
            return "-";
        }
        return record.topic().substring(record.topic().lastIndexOf('.') + 1) + " " + value.getString("op");
    }

    private void awaitRelease() {
        wal.awaitRelease(options.getOrDefault("slot.name", ""));
    }

    @Override
    public void close() {
        wal.close();
    }
}
