// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.RepeatedTest;

/** Random transactions, read in a random order across partitions. {@code -Dseed=N} repeats a run. */
class TransactionInterleavingTest {

    private static final List<String> TABLES = List.of("orders", "lines");
    private static final int PARTITIONS = 3;
    private static final int TRANSACTIONS = 60;

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    /** Everything that is written, in the order of writing. */
    private final List<Written> log = new ArrayList<>();

    /** The values of each transaction, in the order of its changes. */
    private final List<List<String>> transactions = new ArrayList<>();

    private final List<List<String>> passedOn = new ArrayList<>();
    private final TransactionAssembly assembly = new TransactionAssembly(
            Map.of("p.s.orders", "s.orders", "p.s.lines", "s.lines"), Long.MAX_VALUE, this::received);

    /**
     * A record.
     *
     * @param place its partition
     * @param transaction its number; -1 for none
     * @param boundary null for a record of a table
     */
    private record Written(
            String place,
            int transaction,
            @Nullable Boundary boundary,
            @Nullable ConsumerRecord<String, @Nullable String> record) {}

    TransactionInterleavingTest() {
        System.out.println("TransactionInterleavingTest seed " + seed);
    }

    @RepeatedTest(20)
    void eachTransactionArrivesWholeInTheOrderOfCommits() {
        // Given
        write(true, true);

        // When
        read(log, this::add);

        // Then
        Set<String> seen = new HashSet<>();
        assertThat(passedOn.stream()
                        .map(TransactionInterleavingTest::changes)
                        .filter(seen::addAll)
                        .toList())
                .as("seed " + seed)
                .isEqualTo(transactions);
        assertThat(assembly.open()).isZero();
        assertThat(orderInPartitions()).as("seed " + seed).isEqualTo(firstOfLog());
    }

    @RepeatedTest(20)
    void aReaderThatStartsInTheMiddleShowsNoPartOfATransaction() {
        // Given
        write(false, false);
        int[] moments = IntStream.generate(() -> random.nextInt(log.size()))
                .limit(3)
                .sorted()
                .toArray();
        int compacted = random.nextInt(moments[0] + 1);
        int expired = random.nextInt(moments[0] + 1);
        List<Written> data = new ArrayList<>();
        List<Written> boundaries = new ArrayList<>();
        for (int at = 0; at < log.size(); at++) {
            Written each = log.get(at);
            boolean isCompacted = at < compacted && isBefore(endOf(each.transaction), moments[0]);
            if (each.boundary == null && (!isCompacted || random.nextBoolean())) {
                data.add(each);
            } else if (each.boundary != null && at >= expired) {
                boundaries.add(each);
            }
        }

        // When
        List<Written> ahead =
                boundaries.stream().filter(each -> isBefore(each, moments[1])).toList();
        ahead.forEach(each -> assembly.addPast(boundary(each)));
        read(data.stream().filter(each -> isBefore(each, moments[2])).toList(), each -> {
            assembly.addPast(record(each), isBefore(endOf(each.transaction), moments[0]));
        });

        // Then
        Map<Integer, Integer> there = new HashMap<>();
        data.stream()
                .filter(each -> each.transaction >= 0)
                .forEach(each -> there.merge(each.transaction, 1, Integer::sum));
        Map<Integer, Integer> shown = shownOfEachTransaction();
        assertThat(shown)
                .as("seed " + seed)
                .allSatisfy((transaction, records) -> assertThat(records).isEqualTo(there.get(transaction)));

        // When
        List<Written> rest = new ArrayList<>(boundaries);
        rest.removeAll(ahead);
        data.stream().filter(each -> !isBefore(each, moments[2])).forEach(rest::add);
        rest.sort(Comparator.comparing(log::indexOf));
        read(rest, this::add);

        // Then
        assertThat(shownOfEachTransaction()).as("seed " + seed).isEqualTo(there);
        assertThat(assembly.open()).isZero();
    }

    private boolean isBefore(Written each, int moment) {
        return log.indexOf(each) < moment;
    }

    private Map<Integer, Integer> shownOfEachTransaction() {
        Map<Integer, Integer> shown = new HashMap<>();
        passedOn.stream()
                .flatMap(each -> changes(each).stream())
                .forEach(
                        value -> shown.merge(Integer.valueOf(value.substring(0, value.indexOf('.'))), 1, Integer::sum));
        return shown;
    }

    private void write(boolean repeats, boolean rows) {
        for (int number = 0; number < TRANSACTIONS; number++) {
            List<Written> records = transaction(number);
            if (repeats && number > 3 && random.nextInt(5) == 0) {
                int from = log.size() - random.nextInt(Math.min(40, log.size()));
                log.addAll(new ArrayList<>(log.subList(from, log.size())));
            }
            for (Written each : records) {
                log.add(each);
                if (rows && random.nextInt(6) == 0) {
                    String table = TABLES.get(random.nextInt(TABLES.size()));
                    log.add(change(table, -1, null, "row" + log.size()));
                }
            }
        }
    }

    private List<Written> transaction(int number) {
        String id = Integer.toString(number);
        List<Written> records = new ArrayList<>();
        records.add(new Written("q", number, new Boundary(id, false, Map.of()), null));
        Map<String, Long> counts = new TreeMap<>();
        List<String> values = new ArrayList<>();
        long order = 0;
        for (int i = random.nextInt(8); i >= 0; i--) {
            order++;
            if (random.nextInt(4) == 0) {
                counts.merge("s.not read", 1L, Long::sum);
            } else {
                String table = TABLES.get(random.nextInt(TABLES.size()));
                counts.merge("s." + table, 1L, Long::sum);
                values.add(number + "." + order);
                records.add(change(table, number, order, number + "." + order));
            }
        }
        records.add(new Written("q", number, new Boundary(id, true, counts), null));
        if (!values.isEmpty()) {
            transactions.add(values);
        }
        return records;
    }

    private Written change(String table, int transaction, @Nullable Long order, String value) {
        int partition = random.nextInt(PARTITIONS);
        String id = transaction < 0 ? null : Integer.toString(transaction);
        return new Written(
                table + partition,
                transaction,
                null,
                TransactionAssemblyTest.record(table, partition, id, order, value));
    }

    /** Reads records of random partitions, each partition in its order. */
    private void read(List<Written> written, Consumer<Written> reader) {
        Map<String, List<Written>> partitions = new TreeMap<>();
        written.forEach(each ->
                partitions.computeIfAbsent(each.place, any -> new ArrayList<>()).add(each));
        while (!partitions.isEmpty()) {
            List<String> places = List.copyOf(partitions.keySet());
            String place = places.get(random.nextInt(places.size()));
            List<Written> left = partitions.getOrDefault(place, List.of());
            for (int i = random.nextInt(10); i >= 0 && !left.isEmpty(); i--) {
                reader.accept(left.remove(0));
            }
            if (left.isEmpty()) {
                partitions.remove(place);
            }
        }
    }

    private void add(Written each) {
        if (each.boundary != null) {
            assembly.add(each.boundary);
        } else {
            assembly.add(record(each));
        }
    }

    private void received(List<ConsumerRecord<String, @Nullable String>> records) {
        passedOn.add(records.stream().map(each -> String.valueOf(each.value())).toList());
    }

    /** Without the rows of snapshots. */
    private static List<String> changes(List<String> values) {
        return values.stream().filter(value -> !value.startsWith("row")).toList();
    }

    /** The values of each partition in the order in which they were passed on. */
    private Map<String, List<String>> orderInPartitions() {
        Map<String, String> places = new HashMap<>();
        log.stream().filter(each -> each.record != null).forEach(each -> places.put(value(each), each.place));
        Map<String, List<String>> order = new TreeMap<>();
        passedOn.stream()
                .flatMap(List::stream)
                .distinct()
                .forEach(value -> order.computeIfAbsent(places.getOrDefault(value, ""), any -> new ArrayList<>())
                        .add(value));
        return order;
    }

    /** The values of each partition in the order in which they were first written. */
    private Map<String, List<String>> firstOfLog() {
        Map<String, List<String>> order = new TreeMap<>();
        log.stream()
                .filter(each -> each.record != null)
                .distinct()
                .forEach(each -> order.computeIfAbsent(each.place, any -> new ArrayList<>())
                        .add(value(each)));
        return order;
    }

    private Written endOf(int transaction) {
        return log.stream()
                .filter(each -> each.transaction == transaction && each.boundary != null && each.boundary.isEnd())
                .findFirst()
                .orElseThrow();
    }

    private static Boundary boundary(Written each) {
        return Objects.requireNonNull(each.boundary);
    }

    private static ConsumerRecord<String, @Nullable String> record(Written each) {
        return Objects.requireNonNull(each.record);
    }

    private static String value(Written each) {
        return String.valueOf(record(each).value());
    }
}
