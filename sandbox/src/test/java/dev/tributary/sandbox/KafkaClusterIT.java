// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.link.Link;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;

class KafkaClusterIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    private static Sandbox sandbox;
    private static KafkaCluster cluster;
    private String topic;

    @BeforeAll
    static void open() {
        sandbox = Sandbox.open();
        cluster = sandbox.kafkaCluster().start();
    }

    @AfterAll
    static void close() {
        sandbox.close();
    }

    @BeforeEach
    void createTopic(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        try (Admin admin = cluster.admin()) {
            admin.createTopics(List.of(new NewTopic(topic, 3, (short) 3))).all().get(30, TimeUnit.SECONDS);
        }
        awaitAllInSync();
    }

    @Test
    void aWriteSurvivesTheCrashOfABrokerWhichCanReturn() throws Exception {
        try (KafkaProducer<String, String> producer = producer()) {
            // Given
            send(producer, "before");

            // When
            KafkaBroker crashed = cluster.brokers().get(0);
            crashed.kill();

            // Then
            send(producer, "while it is away");

            // When
            cluster.start();

            // Then
            awaitAllInSync();
            send(producer, "after");
            assertThat(values()).containsExactlyInAnyOrder("before", "while it is away", "after");
        }
    }

    @Test
    void returnsAfterAllBrokersHaveCrashed() throws Exception {
        // Given
        try (KafkaProducer<String, String> producer = producer()) {
            send(producer, "before");
        }

        // When
        cluster.brokers().forEach(KafkaBroker::kill);
        cluster.start();

        // Then
        awaitAllInSync();
        assertThat(values()).containsExactly("before");
    }

    @Test
    void aCutLinkKeepsItsClientsAwayFromTheBrokerUntilItHeals() throws Exception {
        try (KafkaProducer<String, String> producer = producer()) {
            // Given
            send(producer, "before");
            cluster.clientLinks().forEach(Link::cut);

            // When
            try (KafkaProducer<String, String> impatient = producer(Map.of("max.block.ms", "1000"))) {
                assertThatThrownBy(() -> send(impatient, "never")).isInstanceOf(Exception.class);
            }
            cluster.clientLinks().forEach(Link::heal);

            // Then
            send(producer, "after");
            assertThat(values()).containsExactlyInAnyOrder("before", "after");
        }
    }

    @Test
    void aWriteWaitsUntilTheReplicasCanFetchAgain() throws Exception {
        try (KafkaProducer<String, String> producer = producer()) {
            // Given
            send(producer, "before");
            assertThat(cluster.peerLinks())
                    .allSatisfy(link -> assertThat(link.connections()).isPositive());

            // When
            cluster.peerLinks().forEach(Link::hold);
            Future<RecordMetadata> waiting = producer.send(new ProducerRecord<>(topic, "waiting"));
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThat(replicasInSync()).anyMatch(count -> count < KafkaCluster.SIZE));

            // Then
            assertThat(waiting).isNotDone();

            // When
            cluster.peerLinks().forEach(Link::heal);

            // Then
            waiting.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(values()).contains("before", "waiting");
        }
    }

    @Test
    void aLeaderOfTheQuorumThatNobodyReachesIsReplaced() throws Exception {
        // Given
        int leader = leaderOfTheQuorum();
        Link cut = cluster.controllerLinks().get(leader - 1);

        // When
        cut.cut();

        // Then
        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(leaderOfTheQuorum()).isNotEqualTo(leader));
        try (KafkaProducer<String, String> producer = producer()) {
            send(producer, "meanwhile");
        }

        // When
        cut.heal();

        // Then
        awaitAllInSync();
    }

    @Test
    void aTopicRefusesTheUserAndThenAcceptsItAgain() throws Exception {
        try (KafkaProducer<String, String> producer = producer()) {
            // Given
            send(producer, "before");

            // When
            cluster.denyWrite(topic);

            // Then
            await().atMost(LIMIT)
                    .untilAsserted(() -> assertThatThrownBy(() -> send(producer, "denied or early"))
                            .isInstanceOf(ExecutionException.class)
                            .hasCauseInstanceOf(TopicAuthorizationException.class));

            // When
            cluster.allowWrite(topic);

            // Then
            await().atMost(LIMIT).ignoreExceptions().untilAsserted(() -> send(producer, "after"));
            assertThat(values()).contains("before", "after");
        }
    }

    @Test
    void aWorkerLogsInAndItsTopicsHaveThreeReplicas() throws Exception {
        // When
        ConnectWorker worker = sandbox.worker(cluster).group("three").start();

        // Then
        assertThat(worker.rest().connectors()).isEmpty();
        assertThat(describe(Set.of("three-configs", "three-offsets", "three-status")))
                .allSatisfy(description -> assertThat(description.partitions())
                        .allSatisfy(
                                partition -> assertThat(partition.replicas()).hasSize(KafkaCluster.SIZE)));
        worker.close();
    }

    private static KafkaProducer<String, String> producer() {
        return producer(Map.of());
    }

    private static KafkaProducer<String, String> producer(Map<String, String> more) {
        Map<String, Object> config = new HashMap<>(cluster.clientProperties());
        config.put("bootstrap.servers", cluster.bootstrapServers());
        config.put("acks", "all");
        config.putAll(more);
        return new KafkaProducer<>(config, new StringSerializer(), new StringSerializer());
    }

    private void send(KafkaProducer<String, String> producer, String value) throws Exception {
        producer.send(new ProducerRecord<>(topic, value)).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    private List<String> values() {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", cluster.directBootstrapServers()),
                new StringDeserializer(),
                new StringDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            List<String> values = new ArrayList<>();
            assertThat(Wait.until(LIMIT, () -> {
                        consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
                        return partitions.stream().allMatch(at -> consumer.position(at) >= ends.getOrDefault(at, 0L));
                    }))
                    .isTrue();
            return values;
        }
    }

    private void awaitAllInSync() {
        await().atMost(LIMIT)
                .ignoreExceptions()
                .untilAsserted(
                        () -> assertThat(replicasInSync()).hasSize(3).allMatch(count -> count == KafkaCluster.SIZE));
    }

    /** Of each partition of the topic. */
    private List<Integer> replicasInSync() throws Exception {
        return describe(Set.of(topic)).stream()
                .flatMap(description -> description.partitions().stream())
                .map(partition -> partition.isr().size())
                .toList();
    }

    private static int leaderOfTheQuorum() throws Exception {
        try (Admin admin = cluster.admin()) {
            return admin.describeMetadataQuorum()
                    .quorumInfo()
                    .get(30, TimeUnit.SECONDS)
                    .leaderId();
        }
    }

    private static List<TopicDescription> describe(Set<String> topics) throws Exception {
        try (Admin admin = cluster.admin()) {
            return List.copyOf(admin.describeTopics(topics)
                    .allTopicNames()
                    .get(30, TimeUnit.SECONDS)
                    .values());
        }
    }
}
