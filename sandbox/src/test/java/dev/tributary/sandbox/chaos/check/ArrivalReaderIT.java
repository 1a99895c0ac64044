// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.tributary.sandbox.KafkaBroker;
import dev.tributary.sandbox.Sandbox;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Reads the topics of a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArrivalReaderIT {

    private static final Duration LIMIT = Duration.ofMinutes(1);

    private final Sandbox sandbox = Sandbox.open();
    private KafkaBroker broker;

    @BeforeAll
    void startBroker() {
        broker = sandbox.broker().start();
    }

    @AfterAll
    void close() {
        sandbox.close();
    }

    @Test
    void readsWhatIsThereAndLaterWhatIsNew() throws Exception {
        try (ArrivalReader reader = new ArrivalReader(broker.bootstrapServers(), "first");
                KafkaProducer<String, String> producer = producer(Map.of())) {
            // Given
            send(producer, "first.public.stock", 1);
            send(producer, "another.public.stock", 2);
            send(producer, "first.transaction", 3);

            // When, Then
            assertThat(reader.readAvailable(LIMIT)).isTrue();
            assertThat(reader.arrivals()).extracting(Arrival::key).containsExactly("1");

            // When
            send(producer, "first.public.stock", 4);
            send(producer, "first.public.customer", 5);
            send(producer, "first.public.unknown", 6);
            producer.send(new ProducerRecord<>("first.public.stock", "{\"id\":4}", null))
                    .get();

            // Then
            assertThat(reader.readAvailable(LIMIT)).isTrue();
            assertThat(reader.arrivals())
                    .extracting(Arrival::key, Arrival::op)
                    .containsExactlyInAnyOrder(
                            tuple("1", 'c'), tuple("4", 'c'), tuple("5", 'c'), tuple("4", Arrival.TOMBSTONE));
            assertThat(reader.ignored()).isEqualTo(Map.of("first.public.unknown", 1L));
        }
    }

    @Test
    void readsCommittedTransactionsOnly() throws Exception {
        try (ArrivalReader reader = new ArrivalReader(broker.bootstrapServers(), "second");
                KafkaProducer<String, String> producer = producer(Map.of("transactional.id", "second"))) {
            // Given
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "second.public.stock", 1);
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, "second.public.stock", 2);
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, "second.public.stock", 3);

            // When, Then
            assertThat(reader.readAvailable(LIMIT)).isTrue();
            assertThat(reader.arrivals()).extracting(Arrival::key).containsExactly("1");

            // When
            producer.commitTransaction();

            // Then
            assertThat(reader.readAvailable(LIMIT)).isTrue();
            assertThat(reader.arrivals()).extracting(Arrival::key).containsExactly("1", "3");
        }
    }

    @Test
    void saysSoIfTheBrokerDoesNotAnswerAndContinuesLater() throws Exception {
        try (Sandbox other = Sandbox.open()) {
            // Given
            KafkaBroker stopped = other.broker().start();
            try (ArrivalReader reader = new ArrivalReader(stopped.bootstrapServers(), "third")) {
                try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", stopped.bootstrapServers()),
                        new StringSerializer(),
                        new StringSerializer())) {
                    send(producer, "third.public.stock", 1);
                }
                assertThat(reader.readAvailable(LIMIT)).isTrue();

                // When
                stopped.pause();

                // Then
                assertThat(reader.readAvailable(Duration.ofSeconds(1))).isFalse();
                stopped.resume();
                assertThat(reader.readAvailable(LIMIT)).isTrue();
                assertThat(reader.arrivals()).hasSize(1);
            }
        }
    }

    private KafkaProducer<String, String> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put("bootstrap.servers", broker.bootstrapServers());
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static void send(KafkaProducer<String, String> producer, String topic, int id) throws Exception {
        String table = topic.substring(topic.lastIndexOf('.') + 1);
        String value = "{\"op\":\"c\",\"after\":{},\"source\":{\"table\":\"" + table + "\"}}";
        producer.send(new ProducerRecord<>(topic, "{\"id\":" + id + "}", value)).get();
    }
}
