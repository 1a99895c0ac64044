// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.WaitLimit;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.postgres.PostgresServer.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/** The changes of a database from a certain moment on, which can be read any number of times. */
final class Wal implements AutoCloseable {

    private static final String ORIGIN = "origin";

    private final TestDatabase database;
    private final Map<Integer, Connection> sessions = new HashMap<>();
    private int marks;
    private final AtomicInteger slots = new AtomicInteger();

    /** For slots, marks and queries of the test: to open a connection takes longer than most statements. */
    private @Nullable Connection control;

    private Wal(TestDatabase database) {
        this.database = database;
    }

    /** Starts a server with room for many slots. */
    static PostgresServer server() throws Exception {
        return server(Map.of());
    }

    /**
     * The same, with a WAL that is written a moment after the commits: a task that looks up a table finds it as all
     * statements that were run in a row have left it.
     */
    static PostgresServer lateServer() throws Exception {
        return server(Map.of("synchronous_commit", "off", "wal_writer_delay", "200ms"));
    }

    /** The same with more settings. */
    static PostgresServer server(Map<String, String> more) throws Exception {
        Map<String, String> settings = new HashMap<>(more);
        settings.put("max_replication_slots", "50");
        settings.put("max_wal_senders", "50");
        settings.put("max_connections", "200");
        settings.put("max_prepared_transactions", "5");
        return PostgresServer.start(ServerVersion.MAJOR, settings);
    }

    /**
     * A new database, prepared by statements that no contender sees.
     *
     * <p>The WAL begins with a transaction of one insert. Until a transaction is complete, Debezium uses the time of
     * its own start for an event outside any transaction, and after a restart it takes the last change for the last
     * commit.
     */
    static Wal after(PostgresServer server, String... preparations) {
        Wal wal = new Wal(server.newDatabase());
        wal.execute(preparations);
        wal.execute("CREATE TABLE beginning (id int PRIMARY KEY)");
        wal.execute("SELECT pg_create_logical_replication_slot('" + wal.slotPrefix() + ORIGIN + "', 'pgoutput')");
        wal.execute("INSERT INTO beginning VALUES (1)");
        return wal;
    }

    /** Runs statements one after the other, each on its connection. */
    void write(List<Statement> statements) {
        for (Statement each : statements) {
            try (var statement = session(each.session()).createStatement()) {
                statement.execute(each.sql());
            } catch (SQLException e) {
                throw new AssertionError(e.getMessage() + " in " + each, e);
            }
        }
    }

    private Connection session(int number) throws SQLException {
        Connection session = sessions.get(number);
        if (session == null) {
            session = connect();
            sessions.put(number, session);
        }
        return session;
    }

    /** Has the server spill larger transactions to disk before it sends them. */
    Wal spilling() {
        set("logical_decoding_work_mem = '64kB'");
        return this;
    }

    /** Changes settings of the database; they apply to new sessions. */
    void set(String... settings) {
        for (String setting : settings) {
            execute("ALTER DATABASE " + database.name() + " SET " + setting);
        }
    }

    private void execute(String... statements) {
        for (String sql : statements) {
            try (var statement = control().createStatement()) {
                statement.execute(sql);
            } catch (SQLException e) {
                throw new AssertionError(e.getMessage() + " in " + sql, e);
            }
        }
    }

    private Connection control() throws SQLException {
        Connection open = control;
        if (open == null) {
            open = connect();
            control = open;
            execute("SET statement_timeout = " + WaitLimit.LIMIT.toMillis());
        }
        return open;
    }

    /** The server has crashed, and all connections with it. */
    void forgetConnections() {
        control = null;
        sessions.clear();
    }

    /** The first column of the first row. */
    String ask(String sql) {
        try (var statement = control().createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage() + " in " + sql, e);
        }
    }

    /** A connection for the caller to close. */
    Connection connect() throws SQLException {
        ConnectionTarget target = database.target("postgres");
        return DriverManager.getConnection(target.url(), target.properties());
    }

    /** Marks the current position. */
    Mark mark() {
        Mark mark = Mark.of(++marks);
        execute(mark.sql());
        return mark;
    }

    /** Creates a slot that starts at the beginning. */
    String newSlot() {
        String slot = slotPrefix() + slots.incrementAndGet();
        execute("SELECT pg_copy_logical_replication_slot('" + slotPrefix() + ORIGIN + "', '" + slot + "')");
        return slot;
    }

    /** Drops a slot that a task has just released. */
    void drop(String slot) {
        awaitRelease(slot);
        execute("SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = '" + slot
                + "'");
    }

    /** Waits for the server to notice that a task is gone. */
    void awaitRelease(String slot) {
        execute("DO $$ BEGIN WHILE EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = '" + slot
                + "' AND active) LOOP PERFORM pg_sleep(0.005); END LOOP; END $$");
    }

    private String slotPrefix() {
        return database.name() + "_";
    }

    /** The records of a contender from the beginning up to a mark. */
    List<SourceRecord> read(Contender contender, Map<String, String> options, Mark end) {
        String slot = newSlot();
        try (Capture capture = Capture.start(contender, options(contender, slot, options), new MemoryOffsets())) {
            return capture.until(end);
        } finally {
            drop(slot);
        }
    }

    /** The name for a slot that does not exist yet. */
    String unusedSlot() {
        return slotPrefix() + slots.incrementAndGet();
    }

    /** A number and a text for each row of a query. */
    Map<Integer, String> query(String sql) {
        Map<Integer, String> rows = new HashMap<>();
        try (var statement = session(0).createStatement();
                var result = statement.executeQuery(sql)) {
            while (result.next()) {
                rows.put(result.getInt(1), result.getString(2));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** The rows of a snapshot that a contender takes now, with a new slot. */
    List<SourceRecord> snapshot(Contender contender, Map<String, String> options) {
        String slot = unusedSlot();
        Map<String, String> all = options(contender, slot, options);
        all.put("snapshot.mode", "initial");
        try (Capture capture = Capture.start(contender, all, new MemoryOffsets())) {
            return capture.untilSnapshotEnds();
        } finally {
            drop(slot);
        }
    }

    /** Starts a contender at the beginning. More can be written while it reads. */
    Capture start(Contender contender, Mode mode) {
        return Capture.start(contender, options(contender, newSlot(), mode.options()), new MemoryOffsets());
    }

    /** The records of Debezium and of ours. */
    Readings readTwice(Mode mode, Mark end) {
        return readTwice(mode, Contender.TRIBUTARY, end);
    }

    /**
     * The records of Debezium and of another contender. Both run at the same time, because a start is mostly waiting.
     */
    Readings readTwice(Mode mode, Contender other, Mark end) {
        CompletableFuture<List<SourceRecord>> expected =
                Background.supply(() -> read(Contender.DEBEZIUM, mode.options(), end));
        List<SourceRecord> actual = read(other, mode.options(), end);
        return new Readings(expected.join(), actual);
    }

    /**
     * The configuration of a contender: the options that all have in common, the slot, and the options of a case. The
     * names of its MBeans contain the contender, so that several can run at the same time.
     */
    Map<String, String> options(Contender contender, String slot, Map<String, String> ofCase) {
        ConnectionTarget target = database.target("postgres");
        Map<String, String> options = new HashMap<>();
        options.put("name", "oracle");
        options.put("task.id", "0");
        options.put("database.hostname", target.host());
        options.put("database.port", Integer.toString(target.port()));
        options.put("database.user", target.user());
        options.put("database.password", "unused");
        options.put("database.dbname", target.database());
        options.put("topic.prefix", "oracle");
        options.put("plugin.name", "pgoutput");
        options.put("slot.name", slot);
        options.put("publication.name", "everything");
        options.put("publication.autocreate.mode", "disabled");
        options.put("snapshot.mode", "no_data");
        options.put("statistics.metrics.enabled", "false");
        options.put("event.converting.failure.handling.mode", "warn");
        options.put("extended.headers.enabled", "true");
        options.put("poll.interval.ms", "5");
        options.put("custom.metric.tags", "contender=" + contender);
        options.putAll(contender.options());
        options.putAll(ofCase);
        return options;
    }

    @Override
    public void close() {
        try {
            for (Connection session : sessions.values()) {
                session.close();
            }
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
        IntStream.rangeClosed(1, slots.get()).forEach(slot -> drop(slotPrefix() + slot));
        drop(slotPrefix() + ORIGIN);
        try {
            control().close();
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }
}
