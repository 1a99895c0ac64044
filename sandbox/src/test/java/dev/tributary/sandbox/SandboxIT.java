// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.sampledb.RowOperation;
import dev.tributary.sampledb.ShopDatabase;
import dev.tributary.sampledb.ShopTraffic;
import dev.tributary.sampledb.TrafficMix;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class SandboxIT {

    static final List<Integer> VERSIONS = Distribution.POSTGRES_VERSIONS;

    @ParameterizedTest
    @FieldSource("VERSIONS")
    void eachPostgresServesTheShopAndItsTraffic(int version) throws SQLException {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            PostgresServer postgres = sandbox.postgres().version(version).start();
            try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE)) {
                ShopDatabase.create(connection);
                ShopTraffic traffic = ShopTraffic.on(connection, 1, TrafficMix.WORKING_DAY, 1);

                // When
                for (int i = 0; i < 200; i++) {
                    traffic.act();
                }

                // Then
                assertThat(connection.getMetaData().getDatabaseMajorVersion()).isEqualTo(version);
                for (String table : ShopDatabase.TABLES) {
                    for (RowOperation operation : RowOperation.values()) {
                        assertThat(traffic.counts().of(table, operation))
                                .as("%s of %s", operation, table)
                                .isPositive();
                    }
                }
            }
            assertThat(value(postgres, "SHOW wal_level")).isEqualTo("logical");
        }
    }

    @Test
    void aKilledPostgresRestartsOnItsPortWithTheCommittedData() throws SQLException {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            PostgresServer postgres = sandbox.postgres().start();
            postgres.execute("postgres", "CREATE TABLE kept AS SELECT 42 AS answer", "CHECKPOINT");
            long first = postgres.pid();
            List<ProcessHandle> family =
                    ProcessHandle.of(first).orElseThrow().descendants().toList();

            // When
            postgres.kill();

            // Then
            assertThat(postgres.isRunning()).isFalse();
            assertThat(family).isNotEmpty().noneMatch(ProcessHandle::isAlive);

            // When
            postgres.start();

            // Then
            assertThat(postgres.pid()).isNotEqualTo(first);
            assertThat(value(postgres, "SELECT answer FROM kept")).isEqualTo("42");
            assertThat(postgres.logFile()).content().contains("was not properly shut down");
        }
    }

    @Test
    void aPasswordRoleNeedsItsPassword() throws SQLException {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            PostgresServer postgres =
                    sandbox.postgres().passwordRoles("alice").withoutFsync().start();
            postgres.execute("postgres", "CREATE ROLE alice LOGIN PASSWORD 'secret'");
            String url = postgres.jdbcUrl("postgres");

            // When, Then
            assertThatThrownBy(() -> DriverManager.getConnection(url, "alice", "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            DriverManager.getConnection(url, "alice", "secret").close();
        }
    }

    @Test
    void aServerThatDoesNotStartShowsTheEndOfItsLog() {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            PostgresServer.Builder wrong = sandbox.postgres().setting("wal_level", "loud");

            // When, Then
            assertThatThrownBy(wrong::start)
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining(
                            sandbox.logs().resolve("postgres-1.log").toString())
                    .hasMessageContaining("invalid value for parameter \"wal_level\"");
        }
    }

    @Test
    void aLogHasNothingOfAnEarlierRun(@TempDir Path logs) throws IOException {
        // Given
        Files.writeString(logs.resolve("postgres-1.log"), "written by an earlier run");
        try (Sandbox sandbox = Sandbox.open(logs)) {
            // When
            PostgresServer postgres = sandbox.postgres().start();

            // Then
            assertThat(postgres.logFile()).content().isNotEmpty().doesNotContain("earlier run");
        }
    }

    @Test
    void closingLeavesNoProcessAndNoData() {
        // Given
        Sandbox sandbox = Sandbox.open();
        PostgresServer postgres = sandbox.postgres().start();
        KafkaBroker broker = sandbox.broker().start();
        ConnectWorker worker = sandbox.worker(broker).jmx().start();
        List<Long> pids = List.of(postgres.pid(), broker.pid(), worker.pid());
        Path directory = sandbox.directory();
        broker.pause();

        // When
        sandbox.close();

        // Then
        assertThat(pids.stream().map(ProcessHandle::of).flatMap(Optional::stream))
                .noneMatch(ProcessHandle::isAlive);
        assertThat(Files.exists(directory)).isFalse();
    }

    @Test
    void nativeCodeThatAKilledServerHasUnpackedIsDeletedWithTheSandbox() throws Exception {
        // Given
        Sandbox sandbox = Sandbox.open();
        Path directory = sandbox.directory();
        try {
            KafkaBroker broker =
                    sandbox.broker().setting("compression.type", "lz4").start();
            ConnectWorker worker = sandbox.worker(broker).start();
            SampleService service = sandbox.service(SampleService.Kind.SALES, broker)
                    .topicPrefix("shop.shop")
                    .group("sales")
                    .start();

            // When
            try (KafkaProducer<String, String> producer = new KafkaProducer<>(
                    Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()),
                    new StringSerializer(),
                    new StringSerializer())) {
                producer.send(new ProducerRecord<>("compressed", "value")).get();
            }

            // Then
            try (Stream<Path> files = Files.walk(directory)) {
                assertThat(files.map(Path::getFileName).map(Path::toString))
                        .anyMatch(name -> name.contains("lz4-java"));
            }
            for (Server server : List.of(broker, worker, service)) {
                assertThat(arguments(server))
                        .as("%s", server)
                        .anyMatch(argument -> argument.startsWith("-Djava.io.tmpdir=" + directory));
            }
            broker.kill();
        } finally {
            sandbox.close();
        }
        assertThat(directory).doesNotExist();
    }

    private static List<String> arguments(Server server) {
        return List.of(
                ProcessHandle.of(server.pid()).orElseThrow().info().arguments().orElseThrow());
    }

    private static String value(PostgresServer postgres, String query) throws SQLException {
        try (Connection connection = postgres.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}
