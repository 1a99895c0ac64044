// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.meter.JvmMeter;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.ConnectRest;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A contestant with its worker, slot and topic. Between its turns the connector is stopped and the worker is frozen
 * (SIGSTOP), so that it takes no CPU from the contestant that has its turn, and stays warm.
 */
public final class Lane implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    /** Slower than every contestant so far. */
    private static final long ROWS_PER_SECOND = 2_000;

    private static final long BETWEEN_CHECKS_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Arena arena;
    private final Contestant contestant;
    private final String table;
    private final PostgresServer postgres;
    private final ConnectWorker worker;
    private final RecordLog topic;
    private long lastCheckNanos = System.nanoTime();

    private Lane(Arena arena, Contestant contestant, String table, ConnectWorker worker, RecordLog topic) {
        this.arena = arena;
        this.contestant = contestant;
        this.table = table;
        this.postgres = arena.postgres();
        this.worker = worker;
        this.topic = topic;
    }

    /** Starts the worker and the connector, and returns when the connector streams. */
    public static Lane open(Arena arena, Contestant contestant, String table, String heap) {
        Lane lane = prepare(arena, contestant, table, heap);
        lane.create();
        lane.awaitStreaming();
        return lane;
    }

    /** Starts the worker without a connector. */
    public static Lane prepare(Arena arena, Contestant contestant, String table, String heap) {
        RecordLog topic = RecordLog.create(arena.broker(), contestant.topic(table));
        return new Lane(arena, contestant, table, arena.worker(contestant, heap), topic);
    }

    /** Creates the connector, which starts at once. */
    public void create() {
        Map<String, String> config = arena.completed(contestant.config(postgres, table));
        if (!contestant.isOurs()) {
            // A worker that finds another version refuses it, instead of measuring it.
            config.put("connector.plugin.version", DebeziumRelease.here().range());
        }
        rest().createOrUpdate(contestant.id(), config);
    }

    public Contestant contestant() {
        return contestant;
    }

    /** The topic of its records. */
    public RecordLog topic() {
        return topic;
    }

    public ConnectWorker worker() {
        return worker;
    }

    /** A meter of the worker's JVM. The caller closes it. The worker must not be frozen. */
    public JvmMeter meter() throws IOException {
        return JvmMeter.of(worker);
    }

    /**
     * Waits for the record of a row. From then on the connector has an offset, and its next turn continues there,
     * whatever the position of its slot.
     */
    public void awaitRow(long id) {
        boolean arrived = Wait.until(TIMEOUT, () -> {
            long end = topic.end();
            return end > 0
                    && topic.lastBefore(end).filter(last -> last.id() == id).isPresent();
        });
        if (!arrived) {
            throw new SandboxException(contestant.title() + " does not deliver; see " + worker.logFile());
        }
    }

    /** How long a turn with this number of rows may take. */
    public static Duration timeout(long rows) {
        return TIMEOUT.plusSeconds(rows / ROWS_PER_SECOND);
    }

    /** Continues the worker. The connector stays stopped. */
    public void wake() {
        worker.resume();
        if (!Wait.until(TIMEOUT, () -> rest().isHealthy())) {
            throw new SandboxException(worker + " is not healthy after it was frozen; see " + worker.logFile());
        }
    }

    /** Resumes the connector and returns at once. */
    public void resume() {
        rest().resume(contestant.id());
    }

    /** Returns when the connector streams. */
    public void awaitStreaming() {
        rest().awaitRunning(contestant.id(), TIMEOUT);
        if (!Wait.until(TIMEOUT, () -> slotIs("active"))) {
            throw new SandboxException(contestant.title() + " does not read its slot; see " + worker.logFile());
        }
    }

    /**
     * Throws if the connector has failed or its worker has ended. Asks rarely, since the response costs the worker CPU.
     */
    public void requireNotFailed() {
        if (!worker.isRunning()) {
            throw new SandboxException(worker + " has ended; see " + worker.logFile());
        }
        if (System.nanoTime() - lastCheckNanos > BETWEEN_CHECKS_NANOS) {
            rest().requireNotFailed(contestant.id());
            lastCheckNanos = System.nanoTime();
        }
    }

    /** Waits until the slot is acknowledged, so that no change is read again. Gives up after a while. */
    public void awaitAcknowledged() {
        Wait.until(Duration.ofSeconds(20), () -> slotIs("pg_current_wal_lsn() - confirmed_flush_lsn < 10000000"));
    }

    /** Ends the turn: stops the connector, waits until it has released its slot, and freezes the worker. */
    public void stop() {
        stopConnector();
        worker.pause();
    }

    /** Ends the turn and deletes the offsets and the slot, so that the next turn starts with a snapshot. */
    public void stopAndForget() throws SQLException {
        stopConnector();
        rest().resetOffsets(contestant.id());
        postgres.execute(BenchTable.DATABASE, "SELECT pg_drop_replication_slot('" + contestant.slot() + "')");
        worker.pause();
    }

    private void stopConnector() {
        rest().stop(contestant.id());
        boolean stopped = Wait.until(
                TIMEOUT, () -> rest().status(contestant.id()).path("tasks").isEmpty() && slotIs("NOT active"));
        if (!stopped) {
            throw new SandboxException(contestant.title() + " does not stop; see " + worker.logFile());
        }
    }

    private boolean slotIs(String condition) {
        String sql = "SELECT " + condition + " FROM pg_replication_slots WHERE slot_name = '" + contestant.slot() + "'";
        try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, BenchTable.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            return row.next() && row.getBoolean(1);
        } catch (SQLException e) {
            throw new SandboxException("cannot read slot " + contestant.slot(), e);
        }
    }

    private ConnectRest rest() {
        return worker.rest();
    }

    @Override
    public void close() {
        worker.close();
        topic.close();
    }
}
