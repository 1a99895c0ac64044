// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * Runs our task as a worker with exactly-once does if the connector defines the boundaries: it writes records and their
 * offsets in one transaction, and commits where the task asks for it. What it has not committed is lost when it is
 * killed.
 */
final class TransactionalWorker implements AutoCloseable {

    private static final RecordMetadata STORED = new RecordMetadata(new TopicPartition("t", 0), 0, 0, 0, 0, 0);

    private final MemoryOffsets offsets = new MemoryOffsets();
    private final List<List<SourceRecord>> committed = new ArrayList<>();
    private final List<SourceRecord> open = new ArrayList<>();
    private Requests requests = new Requests();
    private @Nullable SourceTask task;

    void start(Map<String, String> options) {
        open.clear();
        requests = new Requests();
        SourceTask started = Contender.TRIBUTARY.newTask();
        task = started;
        started.initialize(offsets.context(options, requests));
        started.start(options);
    }

    /** The transactions that a consumer of committed records sees, in order, of all runs. */
    List<List<SourceRecord>> committed() {
        return committed;
    }

    List<SourceRecord> records() {
        return committed.stream().flatMap(List::stream).toList();
    }

    /** Polls until a record has been committed. */
    void until(Predicate<SourceRecord> record) {
        until(() -> !committed.isEmpty()
                && committed.get(committed.size() - 1).stream().anyMatch(record));
    }

    void until(BooleanSupplier enough) {
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> {
                    poll(Integer.MAX_VALUE);
                    return enough.getAsBoolean();
                });
    }

    /** One poll; the worker takes at most so many of the records. Returns how many they were. */
    int poll(int most) throws InterruptedException {
        SourceTask running = Objects.requireNonNull(task, "started");
        List<SourceRecord> polled = running.poll();
        int taken = 0;
        if (polled != null) {
            for (SourceRecord record : polled) {
                if (taken == most) {
                    break;
                }
                taken++;
                open.add(record);
                if (requests.records.remove(record)) {
                    commit(running);
                }
            }
        }
        return taken;
    }

    private void commit(SourceTask running) throws InterruptedException {
        committed.add(List.copyOf(open));
        open.forEach(offsets::store);
        for (SourceRecord record : open) {
            running.commitRecord(record, STORED);
        }
        open.clear();
        running.commit();
    }

    void kill() {
        if (task != null) {
            task.stop();
            task = null;
        }
    }

    @Override
    public void close() {
        kill();
    }

    private static final class Requests implements TransactionContext {

        private final Set<SourceRecord> records = Collections.newSetFromMap(new IdentityHashMap<>());

        @Override
        public void commitTransaction() {
            throw new AssertionError("a batch is committed when the worker is stopped in the middle of it");
        }

        @Override
        public void commitTransaction(SourceRecord record) {
            records.add(record);
        }

        @Override
        public void abortTransaction() {
            throw new AssertionError("the offsets of an aborted transaction are stored");
        }

        @Override
        public void abortTransaction(SourceRecord record) {
            abortTransaction();
        }
    }
}
