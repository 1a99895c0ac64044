// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.KafkaBroker;
import dev.tributary.sandbox.PostgresServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/**
 * Many connectors in one worker, all of which have far more to send than the heap holds, while Kafka does not answer.
 *
 * <p>More of them: {@code -Dmany.connectors=50 -Dmany.connectors.heap=1g}.
 */
class ManyConnectorsIT {

    private static final int CONNECTORS = Integer.getInteger("many.connectors", 6);
    private static final String HEAP = System.getProperty("many.connectors.heap", "256m");
    private static final int ROWS = 2_000;
    private static final int ROW_BYTES = 6_400;

    /** Long enough for every queue to be full. */
    private static final Duration OUTAGE = Duration.ofSeconds(8);

    private final Servers servers = Servers.shared();

    @Test
    void theyShareTheHeapWhileKafkaDoesNotAnswer() throws Exception {
        List<TestConnector> connectors = new ArrayList<>();
        try (PostgresServer postgres = servers.newPostgres()
                        .setting("max_connections", Integer.toString(20 + 10 * CONNECTORS))
                        .setting("max_wal_senders", Integer.toString(2 * CONNECTORS + 5))
                        .setting("max_replication_slots", Integer.toString(2 * CONNECTORS + 5))
                        .start();
                KafkaBroker broker = servers.newBroker().start();
                ConnectWorker worker = servers.newWorker(broker)
                        .heap(HEAP)
                        .property("offset.flush.interval.ms", "1000")
                        // Each connector has a producer: without this, theirs would be more than the heap.
                        .property("producer.buffer.memory", "2097152")
                        .start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            // Given
            for (int i = 0; i < CONNECTORS; i++) {
                TestDatabase database = Servers.database(postgres);
                database.execute(
                        "CREATE TABLE big (id int PRIMARY KEY, v text)",
                        "ALTER TABLE big ALTER v SET STORAGE PLAIN",
                        "INSERT INTO big SELECT i, repeat(md5(i::text), " + ROW_BYTES / 32
                                + ") FROM generate_series(1, " + ROWS + ") AS i");
                connectors.add(new TestConnector(worker.rest(), database).with("snapshot.max.threads", "1"));
            }
            // Connect fails a task that has to create a topic while there is no broker.
            admin.createTopics(topics(connectors)
                            .map(topic -> new NewTopic(topic, 1, (short) 1))
                            .toList())
                    .all()
                    .get();
            connectors.forEach(TestConnector::put);
            await("the first rows").until(() -> sent(admin, connectors) > ROWS / 4);

            // When
            broker.pause();
            long began = System.nanoTime();
            await().pollDelay(Duration.ZERO).until(() -> System.nanoTime() - began > OUTAGE.toNanos());
            broker.resume();

            // Then
            WaitLimit.awaitTheEnd(
                    "all rows",
                    () -> sent(admin, connectors),
                    () -> sent(admin, connectors) >= (long) CONNECTORS * ROWS);
            connectors.get(0).database().execute("UPDATE big SET v = 'x' WHERE id <= 10");
            await("the changes of one").until(() -> sent(admin, connectors) >= (long) CONNECTORS * ROWS + 10);
            assertThat(connectors)
                    .allSatisfy(connector -> assertThat(connector.taskState())
                            .as(connector.trace())
                            .isEqualTo("RUNNING"));
            System.out.printf(
                    "ManyConnectorsIT: %d connectors, a heap of %s, %d MB of rows after %d s%n",
                    CONNECTORS,
                    HEAP,
                    ((long) CONNECTORS * ROWS * ROW_BYTES) >> 20,
                    TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
        }
    }

    private static Stream<String> topics(List<TestConnector> connectors) {
        return connectors.stream().map(connector -> connector.name() + ".public.big");
    }

    /** How many records the topics of the connectors have. */
    private static long sent(Admin admin, List<TestConnector> connectors) {
        Map<TopicPartition, OffsetSpec> ends = topics(connectors)
                .collect(Collectors.toMap(topic -> new TopicPartition(topic, 0), topic -> OffsetSpec.latest()));
        try {
            return admin.listOffsets(ends).all().get().values().stream()
                    .mapToLong(end -> end.offset())
                    .sum();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
