// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.sandbox.ConnectRest;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A contestant's connector in a worker, with its slot. */
public final class Deployment {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private static final long BETWEEN_CHECKS_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Arena arena;
    private final Contestant contestant;
    private final Capture capture;
    private final PostgresServer postgres;
    private final ConnectWorker worker;
    private long lastCheckNanos = System.nanoTime();

    /** Creates nothing. */
    public Deployment(Arena arena, Contestant contestant, Capture capture, ConnectWorker worker) {
        this.arena = arena;
        this.contestant = contestant;
        this.capture = capture;
        this.postgres = arena.postgres();
        this.worker = worker;
    }

    public Contestant contestant() {
        return contestant;
    }

    /** Creates the connector, which starts at once. */
    public void create() {
        Map<String, String> config = arena.completed(contestant.config(postgres, capture));
        if (!contestant.isOurs()) {
            // A worker that finds another version refuses it, instead of measuring it.
            config.put("connector.plugin.version", DebeziumRelease.here().range());
        }
        rest().createOrUpdate(contestant.id(), config);
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

    /** Stops the connector, and waits until it has released its slot. */
    public void stop() {
        rest().stop(contestant.id());
        boolean stopped = Wait.until(
                TIMEOUT, () -> rest().status(contestant.id()).path("tasks").isEmpty() && slotIs("NOT active"));
        if (!stopped) {
            throw new SandboxException(contestant.title() + " does not stop; see " + worker.logFile());
        }
    }

    /** Deletes the offsets and the slot of a stopped connector, which then starts with a snapshot. */
    public void forget() throws SQLException {
        rest().resetOffsets(contestant.id());
        postgres.execute(capture.database(), "SELECT pg_drop_replication_slot('" + contestant.slot() + "')");
    }

    private boolean slotIs(String condition) {
        String sql = "SELECT " + condition + " FROM pg_replication_slots WHERE slot_name = '" + contestant.slot() + "'";
        try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, capture.database());
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
}
