// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SmallDiskIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @BeforeAll
    static void requireMounts() {
        assumeTrue(SmallDisk.isAvailable(), "the right to mount file systems");
    }

    @Test
    void isFilledToTheLastPageAndFreedAgain() throws IOException {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            SmallDisk disk = sandbox.smallDisk(1 << 20);
            FileStore store = Files.getFileStore(disk.directory());
            long before = store.getUsableSpace();
            Path file = disk.directory().resolve("file");
            assertThat(store.getTotalSpace()).isEqualTo(1 << 20);

            // When
            disk.fill();

            // Then
            assertThat(store.getUsableSpace()).isZero();
            assertThatThrownBy(() -> Files.writeString(file, "text"))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("No space left");

            // When
            disk.free();

            // Then
            assertThat(store.getUsableSpace()).isEqualTo(before);
            Files.writeString(file, "text");
        }
    }

    @Test
    void closingUnmountsItEvenWithAnOpenFile() throws IOException {
        // Given
        Sandbox sandbox = Sandbox.open();
        SmallDisk disk = sandbox.smallDisk(1 << 20);
        Path directory = disk.directory();
        assertThat(Files.readString(Path.of("/proc/mounts"))).contains(sandbox.directory() + "/disk-1");

        // When
        try (var open = Files.newOutputStream(directory.resolve("open"))) {
            open.write(1);
            sandbox.close();
        }

        // Then
        assertThat(sandbox.directory()).doesNotExist();
        assertThat(Files.readString(Path.of("/proc/mounts"))).doesNotContain(sandbox.directory() + "/");
    }

    @Test
    void refusesASizeThatWouldTakeTooMuchMemory() {
        Path anywhere = Path.of("anywhere");
        assertThatThrownBy(() -> SmallDisk.mount(anywhere, SmallDisk.MAX_BYTES + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SmallDisk.mount(anywhere, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aPostgresThatRanOutOfSpaceKeepsWhatItHasCommitted() throws SQLException {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            SmallDisk disk = sandbox.smallDisk(200L << 20);
            PostgresServer postgres = sandbox.postgres()
                    .dataDirectory(disk.directory().resolve("postgres"))
                    .start();
            postgres.execute("postgres", "CREATE TABLE filled (id serial, content text)");
            String insert =
                    "INSERT INTO filled (content) SELECT repeat(md5(i::text), 30) FROM generate_series(1, 1000) i";
            postgres.execute("postgres", insert);

            // When
            disk.fill();

            // Then
            int batches = 1 + fillUntilRefused(postgres, insert);

            // When
            disk.free();
            if (!postgres.isRunning()) {
                postgres.start();
            }

            // Then
            await().atMost(LIMIT).ignoreExceptions().until(() -> rows(postgres) == batches * 1000L);
            postgres.execute("postgres", insert);
            assertThat(rows(postgres)).isEqualTo((batches + 1) * 1000L);
        }
    }

    @Test
    void aClusterSurvivesABrokerThatRanOutOfSpace() throws Exception {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            SmallDisk disk = sandbox.smallDisk(150L << 20);
            KafkaCluster cluster = sandbox.kafkaCluster()
                    .dataDirectory(1, disk.directory().resolve("kafka"))
                    .start();
            KafkaBroker full = cluster.brokers().get(0);
            try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                    Map.of("bootstrap.servers", cluster.directBootstrapServers(), "acks", "all"),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                send(producer);

                // When
                disk.fill();

                // Then
                await().atMost(LIMIT).until(() -> {
                    send(producer);
                    return !full.isRunning();
                });
                send(producer);

                // When
                disk.free();
                cluster.start();

                // Then
                send(producer);
                assertThat(full.isRunning()).isTrue();
            }
        }
    }

    private static void send(KafkaProducer<byte[], byte[]> producer) throws Exception {
        producer.send(new ProducerRecord<>("filled", new byte[100_000])).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }

    /** Returns how often it was accepted. */
    private static int fillUntilRefused(PostgresServer postgres, String insert) {
        for (int accepted = 0; ; accepted++) {
            try {
                postgres.execute("postgres", insert);
            } catch (SQLException e) {
                return accepted;
            }
        }
    }

    private static long rows(PostgresServer postgres) throws SQLException {
        try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM filled")) {
            row.next();
            return row.getLong(1);
        }
    }
}
