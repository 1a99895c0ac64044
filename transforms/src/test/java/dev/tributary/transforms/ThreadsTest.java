// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kafka Connect uses a transform on one thread. Debezium's asynchronous engine uses one on several at a time. */
class ThreadsTest {

    private static final int THREADS = 4;
    private static final int TABLES = 40;

    static Stream<Class<?>> transforms() {
        return Examples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("transforms")
    void theResultsAreThoseOfOneThread(Class<?> transform) throws Exception {
        // Given
        long seed = System.nanoTime();
        System.out.println("ThreadsTest seed " + seed);
        List<SourceRecord> records = records(transform, new Random(seed));
        List<@Nullable String> expected = new ArrayList<>();
        try (Transformation<SourceRecord> alone = configured(transform)) {
            records.forEach(record -> expected.add(text(alone.apply(record))));
        }

        // When
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (Transformation<SourceRecord> shared = configured(transform)) {
            List<Callable<Void>> work = IntStream.range(0, THREADS)
                    .<Callable<Void>>mapToObj(thread -> () -> {
                        List<Integer> order = new ArrayList<>(
                                IntStream.range(0, records.size()).boxed().toList());
                        Collections.shuffle(order, new Random(seed + thread));
                        for (int index : order) {
                            // Then
                            assertThat(text(shared.apply(records.get(index)))).isEqualTo(expected.get(index));
                        }
                        return null;
                    })
                    .toList();
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @SuppressWarnings("unchecked") // a transform of records
    private static Transformation<SourceRecord> configured(Class<?> transform) throws Exception {
        Transformation<SourceRecord> created = (Transformation<SourceRecord>)
                transform.getDeclaredConstructor().newInstance();
        created.configure(example(transform).options());
        return created;
    }

    private static Example example(Class<?> transform) {
        Example example = Examples.all().get(transform);
        if (example == null) {
            throw new AssertionError("no example of " + transform);
        }
        return example;
    }

    private static List<SourceRecord> records(Class<?> transform, Random random) {
        List<SourceRecord> records = new ArrayList<>();
        for (int table = 0; table < TABLES; table++) {
            SampleEvents events = (random.nextBoolean() ? SampleEvents.withSchemas() : SampleEvents.schemaless())
                    .about("shop", table % 2 == 0 ? "customers" : "customers" + table);
            for (int row = 0; row < 10; row++) {
                Map<String, @Nullable Object> before = customer("id", (long) random.nextInt(5), "name", "n" + row);
                Map<String, @Nullable Object> after =
                        customer("id", before.get("id"), "visits", random.nextInt(3), "region", "r" + row % 3);
                records.add(random.nextBoolean() ? events.update(before, after) : events.create(after));
            }
            records.add(example(transform).before());
        }
        return records;
    }

    private static @Nullable String text(@Nullable SourceRecord record) {
        return record == null
                ? null
                : record.topic() + " " + SampleEvents.plain(record.key()) + " " + MaskSuite.everything(record) + " "
                        + record.valueSchema();
    }
}
