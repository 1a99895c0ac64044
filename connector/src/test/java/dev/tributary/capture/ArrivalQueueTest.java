// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.debezium.connector.base.DefaultQueueProvider;
import io.debezium.pipeline.DataChangeEvent;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArrivalQueueTest {

    private static final long LONG = 600_000;

    private final ArrivalQueue queue = queue(3, 2);
    private final ExecutorService capturing = Executors.newSingleThreadExecutor();

    @AfterEach
    void stop() {
        capturing.shutdownNow();
    }

    @Test
    void anEventIsHandedOverWithoutWaitingForMore() throws Exception {
        // When
        Future<?> first = capturing.submit(() -> {
            queue.inlet().enqueue(event("a"));
            return null;
        });

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a");
        first.get();
    }

    @Test
    void whatPiledUpComesInOrderAndInBatchesOfTheLargestSize() throws Exception {
        // Given
        queue.put(event("a"));
        queue.put(event("b"));
        queue.put(event("c"));

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "b");
        assertThat(topics(queue.poll(LONG))).containsExactly("c");
    }

    @Test
    void nothingIsReturnedWhenNothingArrives() throws Exception {
        assertThat(queue.poll(1)).isEmpty();
    }

    @Test
    void whoCapturesWaitsWhileTheQueueIsFull() throws Exception {
        // Given
        queue.put(event("a"));
        queue.put(event("b"));
        queue.put(event("c"));
        assertThat(queue.remainingCapacity()).isZero();

        // When
        Future<?> fourth = capturing.submit(() -> {
            queue.put(event("d"));
            return null;
        });

        // Then
        assertThat(topics(queue.poll(LONG))).containsExactly("a", "b");
        fourth.get();
        assertThat(topics(queue.poll(LONG))).containsExactly("c", "d");
    }

    @Test
    void whoCapturesWaitsWhileTooManyBytesAreThere() throws Exception {
        // Given
        DefaultQueueProvider<DataChangeEvent> storage = new DefaultQueueProvider<>();
        storage.configure(Map.of("max.queue.size", "1000"));
        ArrivalQueue small = new ArrivalQueue(storage, 1_000, 1_000, 1);
        small.put(event("a"));
        assertThat(small.currentQueueSizeInBytes()).isPositive();

        // When
        Future<?> second = capturing.submit(() -> {
            small.put(event("b"));
            return null;
        });

        // Then
        assertThat(topics(small.poll(LONG))).containsExactly("a");
        second.get();
        assertThat(topics(small.poll(LONG))).containsExactly("b");
        assertThat(small.currentQueueSizeInBytes()).isZero();
    }

    @Test
    void aFailureComesAtOnceAlsoToOneWhoWaitsAlready() {
        // Given
        CompletableFuture<List<SourceRecord>> waiting = CompletableFuture.supplyAsync(
                () -> {
                    try {
                        return queue.poll(LONG);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                },
                capturing);

        // When
        queue.fail(new IllegalStateException("cut"));

        // Then
        assertThatThrownBy(waiting::join).hasRootCauseMessage("cut");
    }

    @Test
    void closingEndsTheWaitOfWhoCaptures() throws Exception {
        // Given
        queue.put(event("a"));
        queue.put(event("b"));
        queue.put(event("c"));
        Future<?> fourth = capturing.submit(() -> {
            queue.put(event("d"));
            return null;
        });

        // When
        queue.close();

        // Then
        await().until(fourth::isDone);
        assertThatThrownBy(fourth::get).hasCauseInstanceOf(InterruptedException.class);
    }

    private static ArrivalQueue queue(int maxEvents, int maxBatch) {
        DefaultQueueProvider<DataChangeEvent> storage = new DefaultQueueProvider<>();
        storage.configure(Map.of("max.queue.size", Integer.toString(maxEvents)));
        return new ArrivalQueue(storage, maxEvents, maxBatch, 0);
    }

    private static DataChangeEvent event(String topic) {
        return new DataChangeEvent(new SourceRecord(Map.of(), Map.of(), topic, null, null));
    }

    private static List<String> topics(List<SourceRecord> records) {
        return records.stream().map(SourceRecord::topic).toList();
    }
}
