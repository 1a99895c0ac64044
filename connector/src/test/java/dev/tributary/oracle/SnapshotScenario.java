// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot during which something happens to its database. The queue is small: once it is full, the readers wait
 * until the test polls. Each polled record is stored.
 *
 * <p>The table {@code a_long_one} is read first and does not fit into the queue. So a test has time to do something to
 * a table that is read later.
 */
final class SnapshotScenario implements AutoCloseable {

    static final int ROWS = 6_000;

    private static final String SLOT = "scenario";

    private final PostgresServer server;
    private final Wal wal;
    private final Map<String, Connection> sessions = new HashMap<>();
    private final MemoryOffsets offsets = new MemoryOffsets();
    private final RebuiltTables rebuilt = new RebuiltTables();
    private final Map<String, String> options;
    private @Nullable Capture capture;

    private SnapshotScenario(PostgresServer server, Wal wal) {
        this.server = server;
        this.wal = wal;
        this.options = wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of());
        options.put("snapshot.mode", "initial");
        options.put("snapshot.max.threads", "3");
        options.put("internal.snapshot.chunk.bytes", "16384");
        options.put("max.batch.size", "100");
        options.put("max.queue.size", "200");
        options.put("retriable.restart.connector.wait.ms", "500");
    }

    /** A new database with {@code a_long_one} and further tables, all of which are published. */
    static SnapshotScenario of(PostgresServer server, String... tables) {
        return publishing("FOR ALL TABLES", server, tables);
    }

    /** The same with a publication of certain tables. */
    static SnapshotScenario publishing(String what, PostgresServer server, String... tables) {
        List<String> sql = new ArrayList<>();
        sql.add("CREATE TABLE a_long_one (id int PRIMARY KEY, v text)");
        sql.add("INSERT INTO a_long_one SELECT i, repeat('v', i % 100) FROM generate_series(1, " + ROWS + ") AS i");
        Stream.of(tables).forEach(sql::add);
        sql.add("CREATE PUBLICATION everything " + what);
        return new SnapshotScenario(server, Wal.after(server, sql.toArray(String[]::new)));
    }

    /** A table with this many rows, numbered from 1. */
    static String[] table(String name, int rows) {
        return new String[] {
            "CREATE TABLE " + name + " (id int PRIMARY KEY, v int)",
            "INSERT INTO " + name + " SELECT i, i FROM generate_series(1, " + rows + ") AS i"
        };
    }

    SnapshotScenario with(String option, String value) {
        options.put(option, value);
        return this;
    }

    /** Creates the slot before the task starts. */
    SnapshotScenario withSlotBefore() {
        options.put("slot.name", wal.newSlot());
        return this;
    }

    String slot() {
        return options.getOrDefault("slot.name", SLOT);
    }

    void start() {
        capture = Capture.start(Contender.TRIBUTARY, options, offsets);
    }

    void kill() {
        if (capture != null) {
            capture.close();
            capture = null;
        }
    }

    RebuiltTables rebuilt() {
        return rebuilt;
    }

    /** Polls and stores once. */
    void poll() throws InterruptedException {
        if (capture == null) {
            throw new IllegalStateException("It has not been started");
        }
        List<SourceRecord> polled = capture.poll();
        polled.forEach(rebuilt::add);
        if (!polled.isEmpty()) {
            capture.commit(polled.get(polled.size() - 1));
        }
    }

    /**
     * Polls until this many rows of the snapshot have arrived: the readers have started, and wait for room in the
     * queue.
     */
    void pollSome(int rows) {
        pollUntil("some rows of the snapshot", () -> rebuilt.reads() >= rows);
    }

    void pollUntilSnapshotEnds() {
        pollUntil("the end of the snapshot", rebuilt::hasEnded);
    }

    /** Polls until everything that has been written has arrived. */
    void pollToTheEnd() {
        run("marking", Mark.of(1).sql());
        Mark mark = Mark.of(1);
        await("the stream after the snapshot")
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    List<SourceRecord> polled = capture == null ? List.of() : capture.poll();
                    polled.forEach(rebuilt::add);
                    return polled.stream().anyMatch(mark::isIn);
                });
    }

    void pollUntil(String what, BooleanSupplier enough) {
        await(what)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    poll();
                    return enough.getAsBoolean();
                });
    }

    /** Runs statements on the connection with this name. */
    void run(String session, String... statements) {
        try (var statement = session(session).createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    /** Runs a statement that has to wait for a lock; returns when it waits. */
    CompletableFuture<Void> runWaiting(String session, String sql) {
        String pid = ask(session, "SELECT pg_backend_pid()");
        CompletableFuture<Void> done = Background.run(() -> run(session, sql));
        awaitTrue("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid = " + pid + ")");
        return done;
    }

    /** Waits until an SQL condition is true. */
    void awaitTrue(String sql) {
        await(sql).until(() -> ask("watching", sql).equals("t"));
    }

    String ask(String session, String sql) {
        List<String> rows = rows(session, sql);
        return rows.isEmpty() ? "" : rows.get(0);
    }

    private List<String> rows(String session, String sql) {
        try (var statement = session(session).createStatement();
                var result = statement.executeQuery(sql)) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(result.getString(1));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e.getMessage() + " in " + sql, e);
        }
    }

    private synchronized Connection session(String name) throws SQLException {
        Connection session = sessions.get(name);
        if (session == null) {
            ConnectionTarget target = server.target(options.getOrDefault("database.dbname", ""), "postgres");
            session = DriverManager.getConnection(target.url(), target.properties());
            sessions.put(name, session);
        }
        return session;
    }

    /** The server has crashed, and all connections with it. */
    void forgetConnections() {
        wal.forgetConnections();
        sessions.clear();
    }

    /** The rebuilt rows are the rows of the database. */
    void assertRebuilt(String... tables) {
        Stream.concat(Stream.of("a_long_one"), Stream.of(tables)).forEach(table -> {
            List<String> rows =
                    rows("watching", RebuiltTables.sql(table)).stream().sorted().toList();
            assertThat(rebuilt.rows(table)).as(table).isEqualTo(rows);
        });
    }

    /** An attribute of the MBean of the task or the snapshot, as text; empty if there is no such MBean now. */
    static String status(String type, String attribute) {
        MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
        try {
            for (ObjectName name : beans.queryNames(new ObjectName("dev.tributary:type=" + type + ",*"), null)) {
                Object value = beans.getAttribute(name, attribute);
                return value instanceof String[] texts ? String.join("; ", List.of(texts)) : String.valueOf(value);
            }
            return "";
        } catch (JMException e) {
            return "";
        }
    }

    @Override
    public void close() throws SQLException {
        kill();
        for (Connection session : sessions.values()) {
            session.close();
        }
        wal.close();
    }
}
