// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Looks after the connector as an operator does: reads the message of a failed task, and does one of the things that it
 * proposes. A failure that nothing explains is a problem of the run; the task is then restarted.
 */
public final class Operator implements AutoCloseable {

    private static final long PAUSE_MILLIS = 300;
    private static final Duration ATTEMPT = Duration.ofSeconds(60);
    private static final Duration NEW_STATUS = Duration.ofSeconds(8);
    private static final Duration REST = Duration.ofMinutes(4);
    private static final int SHOWN = 600;

    /** Errors that no broken link and no dead broker explains. */
    private static final List<String> OF_RECORDS = List.of(
            "SerializationException",
            "DataException",
            "RecordTooLargeException",
            "InvalidTxnStateException",
            "InvalidRecordException",
            "InvalidTopicException");

    /**
     * Kafka's transactional producer fails with it if the leader of a new partition knows the topic, and the
     * coordinator of the transaction does not know it yet.
     */
    private static final String OF_NEW_TOPICS = "OperationNotAttemptedException";

    private final ConnectGroup connect;
    private final Ledger ledger;
    private final SplittableRandom random;
    private final Consumer<String> log;
    private final ReentrantLock busy = new ReentrantLock(true);
    private final Thread thread = new Thread(this::watch, "chaos-operator");
    private volatile boolean closed;

    /** What was stored before the snapshot that is awaited. Its positions can be higher, on another timeline. */
    private volatile String storedBefore = "";

    /** What is to be set back, by the option. */
    private final Map<String, SetBack> open = new ConcurrentHashMap<>();

    /** @param log what is done */
    Operator(ConnectGroup connect, Ledger ledger, SplittableRandom random, Consumer<String> log) {
        this.connect = connect;
        this.ledger = ledger;
        this.random = random;
        this.log = log;
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Keeps the operator away while something else changes the connector. */
    public void alone(Change change) throws Exception {
        busy.lockInterruptibly();
        try {
            change.run();
        } finally {
            busy.unlock();
        }
    }

    /** A change of the connector. */
    @FunctionalInterface
    public interface Change {
        void run() throws Exception;
    }

    private void watch() {
        while (!closed) {
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
                alone(this::look);
            } catch (InterruptedException e) {
                return;
            } catch (Exception e) {
                log.accept("operator: " + e.getMessage());
            }
        }
    }

    private void look() {
        Optional<String> failure = connect.failure();
        if (failure.isEmpty()) {
            if (ledger.awaitsSnapshot()
                    && connect.isSnapshotComplete()
                    && !connect.storedOffsets().equals(storedBefore)) {
                ledger.snapshotComplete(connect.storedLsn());
            }
            setBack();
            return;
        }
        String trace = failure.get();
        List<Diagnosis> diagnoses = Diagnosis.of(trace);
        if (!diagnoses.isEmpty()) {
            diagnoses.forEach(ledger::report);
            remedy(diagnoses);
        } else if (ledger.isExpected(trace)) {
            pause();
        } else {
            boolean isOfCut = isOfKafka(trace) && ledger.hasTroubleWithKafka();
            if (!isOfCut && !trace.contains(OF_NEW_TOPICS) && !ledger.isLate(trace)) {
                ledger.problem("the task failed, and no fault explains it: " + shortened(trace));
            }
            log.accept("restarts the failed task: " + shortened(trace));
            connect.restart();
            pause();
        }
    }

    /**
     * A producer or a worker that gave up: Connect then fails the task, whatever the connector does. A record that is
     * refused for what it is, is another matter.
     */
    private static boolean isOfKafka(String trace) {
        List<String> messages =
                trace.lines().filter(line -> !line.startsWith("\tat ")).toList();
        return OF_RECORDS.stream().noneMatch(error -> messages.stream().anyMatch(line -> line.contains(error)))
                && messages.stream()
                        .anyMatch(line -> line.contains("org.apache.kafka.common.errors.")
                                || line.contains("org.apache.kafka.connect.runtime.")
                                || line.contains("Unrecoverable exception from producer send callback"));
    }

    private void remedy(List<Diagnosis> diagnoses) {
        boolean isUndone = diagnoses.stream().allMatch(d -> d.kind() == Diagnosis.Kind.CHANGES_UNDONE);
        long from = diagnoses.stream().mapToLong(Diagnosis::from).min().orElse(0);
        if (isUndone && random.nextBoolean()) {
            log.accept("continues from the fork: " + diagnoses);
            passing("server.divergence", "continue");
        } else if (diagnoses.stream().noneMatch(d -> d.kind() == Diagnosis.Kind.OTHER_SERVER) && random.nextBoolean()) {
            log.accept("sets snapshot.mode=when_needed: " + diagnoses);
            storedBefore = connect.storedOffsets();
            ledger.newSnapshot(from, "reported as lost");
            passing("snapshot.mode", "when_needed");
        } else {
            log.accept("deletes the offsets: " + diagnoses);
            connect.stop();
            connect.resetOffsets();
            ledger.newSnapshot(from, "reported as lost");
            connect.resume();
            awaitRunning();
        }
    }

    /** Sets an option until the task has stored an offset of the timeline, or of the snapshot, that it is for. */
    private void passing(String option, String value) {
        String timeline = connect.stored("server_timeline");
        open.putIfAbsent(option, new SetBack(option, connect.config().get(option), timeline, connect.storedOffsets()));
        connect.configure(Map.of(option, value));
        awaitRunning();
    }

    /**
     * An option to be set back.
     *
     * @param before its value before; null if it had none
     * @param timeline the timeline of the offset that was stored before
     * @param stored the offsets that were stored before
     */
    private record SetBack(String option, @Nullable String before, String timeline, String stored) {}

    private void setBack() {
        if (!open.isEmpty() && connect.isSnapshotComplete()) {
            open.values().stream().filter(this::isDone).forEach(done -> {
                connect.configure(Collections.singletonMap(done.option, done.before));
                open.remove(done.option);
            });
        }
    }

    private boolean isDone(SetBack passing) {
        return passing.option.equals("snapshot.mode")
                ? !connect.storedOffsets().equals(passing.stored)
                : !connect.stored("server_timeline").equals(passing.timeline);
    }

    /**
     * Waits until the snapshots that were begun have ended, and the options are as they were: with those of a remedy,
     * the connector would heal the next fault by itself, and report it in its log only.
     */
    public boolean awaitAtRest() {
        return Wait.until(REST, () -> open.isEmpty() && !ledger.awaitsSnapshot());
    }

    private void awaitRunning() {
        // The old failure is in the status until the task starts again; a further one is looked at in the next round.
        Wait.until(NEW_STATUS, () -> connect.failure().isEmpty());
        Wait.until(ATTEMPT, () -> connect.isRunning() || connect.failure().isPresent());
    }

    private static void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SandboxException("interrupted", e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + " …";
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.interrupt();
        thread.join(TimeUnit.SECONDS.toMillis(30));
    }
}
