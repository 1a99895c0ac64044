// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.WaitLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/**
 * A running task, driven the way a worker drives it: polled, notified of each record that was sent, and asked to
 * commit.
 */
final class Capture implements AutoCloseable {

    private final Contender contender;
    private final SourceTask task;
    private final MemoryOffsets offsets;

    /** Records that are on their way to Kafka. */
    private final Deque<SourceRecord> sent = new ArrayDeque<>();

    /** What was polled before a test asked for it; also on its way. */
    private final List<SourceRecord> early = new ArrayList<>();

    private Capture(Contender contender, SourceTask task, MemoryOffsets offsets) {
        this.contender = contender;
        this.task = task;
        this.offsets = offsets;
    }

    static Capture start(Contender contender, Map<String, String> options, MemoryOffsets offsets) {
        SourceTask task = contender.newTask();
        task.initialize(offsets.context(options));
        task.start(options);
        return new Capture(contender, task, offsets);
    }

    /** Polls until the mark has arrived. */
    List<SourceRecord> until(Mark end) {
        return until(end::isIn);
    }

    /** Polls until the last row of a snapshot has arrived. */
    List<SourceRecord> untilSnapshotEnds() {
        return until(SnapshotMoments::isLast);
    }

    private List<SourceRecord> until(Predicate<SourceRecord> isEnd) {
        List<SourceRecord> all = new ArrayList<>();
        until(all, isEnd);
        return all;
    }

    /** Polls until this many records have arrived, at least one, or the mark has. */
    List<SourceRecord> untilEnough(int records, Mark end) {
        List<SourceRecord> all = new ArrayList<>();
        pollInto(
                all,
                polled -> all.size() >= Math.max(1, records) || polled.stream().anyMatch(end::isIn));
        return all;
    }

    /** Adds the polled records to a list, until a certain record has arrived. */
    void until(List<SourceRecord> records, Predicate<SourceRecord> isLast) {
        pollInto(records, polled -> polled.stream().anyMatch(isLast));
    }

    /** Adds the polled records to a list, until a condition holds. */
    void until(List<SourceRecord> records, BooleanSupplier isEnough) {
        pollInto(records, polled -> isEnough.getAsBoolean());
    }

    /** Polls and passes on each record, until a condition holds. */
    void untilEnough(Consumer<SourceRecord> record, BooleanSupplier isEnough) {
        poll(polled -> polled.forEach(record), polled -> isEnough.getAsBoolean());
    }

    private void pollInto(List<SourceRecord> records, Predicate<List<SourceRecord>> isEnough) {
        poll(records::addAll, isEnough);
    }

    private void poll(Consumer<List<SourceRecord>> records, Predicate<List<SourceRecord>> isEnough) {
        long deadline = System.nanoTime() + WaitLimit.LIMIT.toNanos();
        List<SourceRecord> polled = List.of();
        long count = 0;
        try {
            while (!isEnough.test(polled)) {
                assertThat(deadline - System.nanoTime())
                        .as("time left for %s, after %d records", contender, count)
                        .isPositive();
                polled = poll();
                count += polled.size();
                records.accept(polled);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** One poll. The records are on their way to Kafka until they are committed or dropped. */
    List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> polled = early.isEmpty() ? next() : List.copyOf(early);
        early.clear();
        return polled;
    }

    private List<SourceRecord> next() throws InterruptedException {
        List<SourceRecord> polled = task.poll();
        if (polled == null) {
            return List.of();
        }
        sent.addAll(polled);
        return polled;
    }

    /** What a worker does once a polled record and all before it are stored in Kafka, on the thread of its producer. */
    @SuppressWarnings("ReferenceEquality") // two records can be equal
    void commit(SourceRecord record) {
        if (sent.stream().anyMatch(polled -> polled == record)) {
            Background.run(() -> {
                        while (confirmNext() != record) {}
                    })
                    .join();
        }
        offsets.store(record);
        commit();
    }

    /**
     * What a worker does if a transform drops all records that were polled: it stores none of their offsets, and polls
     * again.
     */
    void dropAll() throws InterruptedException {
        while (!sent.isEmpty()) {
            confirmNext();
        }
        early.addAll(next());
        commit();
    }

    private SourceRecord confirmNext() {
        SourceRecord record = sent.remove();
        try {
            task.commitRecord(record, null);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return record;
    }

    /** What a worker does from time to time, whether or not a record was sent, on a thread of its own. */
    void commit() {
        Background.run(() -> {
                    try {
                        task.commit();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                })
                .join();
    }

    @Override
    public void close() {
        task.stop();
    }
}
