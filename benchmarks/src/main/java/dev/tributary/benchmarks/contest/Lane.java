// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.meter.JvmMeter;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/**
 * A contestant with its worker, slot and topic. Between its turns the connector is stopped and the worker is frozen
 * (SIGSTOP), so that it takes no CPU from the contestant that has its turn, and stays warm.
 */
public final class Lane implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    /** Slower than every contestant so far. */
    private static final long ROWS_PER_SECOND = 2_000;

    private final Deployment deployment;
    private final ConnectWorker worker;
    private final RecordLog topic;

    private Lane(Deployment deployment, ConnectWorker worker, RecordLog topic) {
        this.deployment = deployment;
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
        ConnectWorker worker = arena.worker(contestant, heap);
        return new Lane(new Deployment(arena, contestant, Capture.of(table), worker), worker, topic);
    }

    /** Creates the connector, which starts at once. */
    public void create() {
        deployment.create();
    }

    public Contestant contestant() {
        return deployment.contestant();
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
            throw new SandboxException(contestant().title() + " does not deliver; see " + worker.logFile());
        }
    }

    /** How long a turn with this number of rows may take. */
    public static Duration timeout(long rows) {
        return TIMEOUT.plusSeconds(rows / ROWS_PER_SECOND);
    }

    /** Continues a frozen worker. Its connectors stay stopped. */
    public static void wake(ConnectWorker worker) {
        worker.resume();
        if (!Wait.until(TIMEOUT, () -> worker.rest().isHealthy())) {
            throw new SandboxException(worker + " is not healthy after it was frozen; see " + worker.logFile());
        }
    }

    /** Continues the worker. The connector stays stopped. */
    public void wake() {
        wake(worker);
    }

    /** Resumes the connector and returns at once. */
    public void resume() {
        deployment.resume();
    }

    /** Returns when the connector streams. */
    public void awaitStreaming() {
        deployment.awaitStreaming();
    }

    /** Throws if the connector has failed or its worker has ended. */
    public void requireNotFailed() {
        deployment.requireNotFailed();
    }

    /** Waits until the slot is acknowledged, so that no change is read again. Gives up after a while. */
    public void awaitAcknowledged() {
        deployment.awaitAcknowledged();
    }

    /** Ends the turn: stops the connector, waits until it has released its slot, and freezes the worker. */
    public void stop() {
        deployment.stop();
        worker.pause();
    }

    /** Ends the turn and deletes the offsets and the slot, so that the next turn starts with a snapshot. */
    public void stopAndForget() throws SQLException {
        deployment.stop();
        deployment.forget();
        worker.pause();
    }

    @Override
    public void close() {
        worker.close();
        topic.close();
    }
}
