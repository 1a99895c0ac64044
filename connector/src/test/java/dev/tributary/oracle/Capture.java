// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;

/** A task at work, driven as a worker drives it: polled, told of each record that was sent, and asked to commit. */
final class Capture implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Contender contender;
    private final SourceTask task;
    private final MemoryOffsets offsets;

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
        return until(all -> all.stream().anyMatch(end::isIn), end.toString());
    }

    private List<SourceRecord> until(Predicate<List<SourceRecord>> isEnough, String what) {
        List<SourceRecord> all = new ArrayList<>();
        await(what + " read by " + contender)
                .atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    List<SourceRecord> polled = poll();
                    all.addAll(polled);
                    return !polled.isEmpty() && isEnough.test(all);
                });
        return all;
    }

    /** Polls until so many records have arrived, or the mark has. */
    List<SourceRecord> untilEnough(int records, Mark end) {
        return until(
                all -> all.size() >= records || all.stream().anyMatch(end::isIn), end + " or " + records + " records");
    }

    /** One poll, and what a worker tells of each record when it has been sent. */
    List<SourceRecord> poll() throws InterruptedException {
        List<SourceRecord> polled = task.poll();
        if (polled == null) {
            return List.of();
        }
        for (SourceRecord record : polled) {
            task.commitRecord(record, null);
        }
        return polled;
    }

    /** What the worker does once a record is safe in Kafka. */
    void commit(SourceRecord record) throws InterruptedException {
        offsets.store(record);
        task.commit();
    }

    /** What the worker does now and then, whether or not anything was sent. */
    void commit() throws InterruptedException {
        task.commit();
    }

    @Override
    public void close() {
        task.stop();
    }
}
