// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.KafkaBroker;
import dev.tributary.sandbox.Sandbox;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

/** What a real broker writes. */
class TransactionLogIT {

    private static final int PARTITIONS = 2;

    @Test
    void tellsTheTransactionsOfAProducerApartInAllPartitions() throws Exception {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            KafkaBroker broker = sandbox.broker().start();
            Map<String, Object> client = Map.of("bootstrap.servers", broker.bootstrapServers());
            try (Admin admin = Admin.create(client)) {
                admin.createTopics(List.of(new NewTopic("a", PARTITIONS, (short) 1)))
                        .all()
                        .get();
            }

            // When
            Map<String, Object> settings =
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "writer");
            try (KafkaProducer<String, String> first = producer(settings)) {
                first.initTransactions();
                write(first);
                first.commitTransaction();
                write(first);
                first.abortTransaction();
                write(first);
                first.commitTransaction();
            }
            try (KafkaProducer<String, String> second = producer(settings)) {
                second.initTransactions();
                write(second);
                second.commitTransaction();
            }

            // Then
            TransactionLog log = TransactionLog.read(IntStream.range(0, PARTITIONS)
                    .mapToObj(partition -> new TopicPartition("a", partition))
                    .collect(Collectors.toMap(
                            Function.identity(), each -> broker.data().resolve(each.toString()))));
            // Each transaction has two records and a marker in each partition.
            List<Optional<KafkaTransaction>> transactions = IntStream.range(0, 4)
                    .mapToObj(number -> log.of("a", 0, 3L * number))
                    .toList();
            assertThat(transactions).doesNotHaveDuplicates().allMatch(Optional::isPresent);
            for (int partition = 0; partition < PARTITIONS; partition++) {
                for (int number = 0; number < 4; number++) {
                    assertThat(log.of("a", partition, 3L * number)).isEqualTo(transactions.get(number));
                    assertThat(log.of("a", partition, 3L * number + 1)).isEqualTo(transactions.get(number));
                    assertThat(log.of("a", partition, 3L * number + 2)).isEmpty();
                }
            }
        }
    }

    private static KafkaProducer<String, String> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static void write(KafkaProducer<String, String> producer) throws Exception {
        producer.beginTransaction();
        for (int number = 0; number < 2 * PARTITIONS; number++) {
            producer.send(new ProducerRecord<>("a", number % PARTITIONS, "key", "value"))
                    .get();
        }
    }
}
