// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.log.KafkaTransaction;
import dev.tributary.sandbox.chaos.log.TransactionLog;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;

/**
 * The transactions of Kafka as a reader of whole ones takes them: each when its records are next in all partitions in
 * which it wrote. That is an order of all transactions which agrees with the offsets of each partition. Two of which no
 * partition says which is first have no record of the same partition, so their order does not matter.
 */
final class KafkaOrder {

    /** The records of a transaction that follow each other in a partition. */
    private record Run(KafkaTransaction transaction, List<Arrival> records) {}

    private final Map<TopicPartition, Deque<Run>> runs = new LinkedHashMap<>();
    private final Map<KafkaTransaction, Step> steps = new HashMap<>();
    private final Deque<Step> ready = new ArrayDeque<>();

    /** A transaction, which is taken when it is next in all of its partitions. */
    private static final class Step {
        private int missing;
        private final List<Deque<Run>> partitions = new ArrayList<>();
    }

    private KafkaOrder() {}

    /**
     * The records of each transaction.
     *
     * @return empty if there is no such order, because two partitions have two transactions in different orders, or
     *     another one is in the middle of one
     */
    static Optional<List<List<Arrival>>> of(List<Arrival> arrivals, TransactionLog log) {
        KafkaOrder order = new KafkaOrder();
        arrivals.forEach(arrival -> log.of(arrival.topic(), arrival.partition(), arrival.offset())
                .ifPresent(transaction -> order.add(arrival, transaction)));
        return order.ordered();
    }

    private void add(Arrival arrival, KafkaTransaction transaction) {
        TopicPartition partition = new TopicPartition(arrival.topic(), arrival.partition());
        Deque<Run> ofPartition = runs.computeIfAbsent(partition, same -> new ArrayDeque<>());
        Run last = ofPartition.peekLast();
        if (last == null || !last.transaction().equals(transaction)) {
            last = new Run(transaction, new ArrayList<>());
            ofPartition.add(last);
            step(transaction).missing++;
        }
        last.records().add(arrival);
    }

    private Step step(KafkaTransaction transaction) {
        return steps.computeIfAbsent(transaction, same -> new Step());
    }

    private Optional<List<List<Arrival>>> ordered() {
        List<List<Arrival>> ordered = new ArrayList<>();
        runs.values().forEach(this::arrive);
        while (!ready.isEmpty()) {
            Step step = ready.remove();
            List<Arrival> records = new ArrayList<>();
            step.partitions.forEach(
                    partition -> records.addAll(partition.remove().records()));
            ordered.add(records);
            step.partitions.forEach(this::arrive);
        }
        return runs.values().stream().allMatch(Deque::isEmpty) ? Optional.of(ordered) : Optional.empty();
    }

    /** Notes which transaction is the next one of a partition. */
    private void arrive(Deque<Run> partition) {
        Run run = partition.peek();
        if (run != null) {
            Step step = step(run.transaction());
            step.partitions.add(partition);
            step.missing--;
            if (step.missing == 0) {
                ready.add(step);
            }
        }
    }
}
