// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.log.KafkaTransaction;
import dev.tributary.sandbox.chaos.log.TransactionLog;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WholeTransactionTest {

    private static final int RUNS = Integer.getInteger("simulation.runs", 300);

    private final long first = Long.getLong("simulation.seed", System.nanoTime());

    @Test
    void acceptsWholeTransactionsAndMarkedParts() {
        System.out.println("-Dsimulation.seed=" + first);
        long parts = 0;
        long kafka = 0;
        long balanced = 0;
        for (long seed = first; seed < first + RUNS; seed++) {
            // When
            Verdict verdict = new SimulatedTransactions(seed).check();

            // Then
            assertThat(verdict.isGood())
                    .as("seed %d: %s", seed, verdict.describe())
                    .isTrue();
            parts += verdict.wholeness().parts();
            kafka += verdict.wholeness().kafka();
            balanced += verdict.wholeness().balanced();
        }
        assertThat(parts).isPositive();
        // Not after transactions without an account, or in the middle of one that is in parts.
        assertThat(balanced).isGreaterThan(kafka / 2);
    }

    @ParameterizedTest
    @EnumSource(TransactionMutation.class)
    void findsEachMistake(TransactionMutation mutation) {
        System.out.println("-Dsimulation.seed=" + first);
        int made = 0;
        for (long seed = first; seed < first + RUNS; seed++) {
            // Given
            SimulatedTransactions story = new SimulatedTransactions(seed);
            if (mutation.make(story)) {
                made++;

                // Then
                assertThat(story.check().count(Kind.TORN)).as("seed %d", seed).isPositive();
            }
        }
        assertThat(made).isGreaterThan(RUNS / 10);
    }

    @Test
    void acceptsATornTransactionThatAnotherConnectorSent() {
        // Given
        SimulatedTransactions story = new SimulatedTransactions(first);
        story.allowances.repeats(0, Long.MAX_VALUE, "sent by Debezium");
        story.bankUntil = 0;

        // When
        TransactionMutation.COMMITS_TOO_EARLY.make(story);

        // Then
        assertThat(story.check().isGood()).isTrue();
    }

    @Test
    void doesNotCompareTheSumOnceChangesMayBeMissing() {
        // Given
        SimulatedTransactions story = new SimulatedTransactions(first);
        story.bankUntil = 0;

        // When
        TransactionMutation.LOSES_A_BOOKING.make(story);

        // Then
        assertThat(story.check().isGood()).isTrue();
        assertThat(story.check().wholeness().balanced()).isZero();
    }

    @Test
    void findsRecordsThatNoTransactionWrote() {
        // Given
        List<Arrival> arrivals = List.of(arrival(0, 0));
        Verdict.Builder verdict = new Verdict.Builder();

        // When
        new WholeTransactionCheck(
                        new Committed(List.of(), Map.of()),
                        Allowances.none(),
                        new TransactionLog.Builder().build(),
                        verdict)
                .run(arrivals, 0);

        // Then
        assertThat(verdict.build().count(Kind.TORN)).isEqualTo(1);
    }

    @Test
    void ordersTransactionsByAllPartitions() {
        // Given
        List<Arrival> arrivals = List.of(arrival(0, 0), arrival(0, 1), arrival(1, 0), arrival(1, 1), arrival(2, 0));
        KafkaTransaction one = new KafkaTransaction(9, (short) 1);
        KafkaTransaction two = new KafkaTransaction(3, (short) 1);
        KafkaTransaction three = new KafkaTransaction(5, (short) 1);

        // Then
        assertThat(KafkaOrder.of(arrivals, log(List.of(List.of(one, two), List.of(two, three), List.of(three)))))
                .contains(List.of(
                        List.of(arrivals.get(0)),
                        List.of(arrivals.get(2), arrivals.get(1)),
                        List.of(arrivals.get(4), arrivals.get(3))));
        assertThat(KafkaOrder.of(arrivals, log(List.of(List.of(one, two), List.of(two, one), List.of(three)))))
                .isEmpty();
    }

    private static TransactionLog log(List<List<KafkaTransaction>> partitions) {
        TransactionLog.Builder log = new TransactionLog.Builder();
        for (int partition = 0; partition < partitions.size(); partition++) {
            for (int offset = 0; offset < partitions.get(partition).size(); offset++) {
                log.records(
                        new TopicPartition("chaos.public.orders", partition),
                        offset,
                        offset,
                        partitions.get(partition).get(offset));
            }
        }
        return log.build();
    }

    private static Arrival arrival(int partition, long offset) {
        return new Arrival(
                "chaos.public.orders",
                partition,
                offset,
                "orders",
                "1",
                Arrival.CREATE,
                "a",
                0,
                null,
                Arrival.Payload.NONE,
                0,
                null);
    }
}
