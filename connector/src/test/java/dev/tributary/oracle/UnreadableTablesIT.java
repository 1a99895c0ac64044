// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.tributary.PostgresSourceConnector;
import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are new to a connector, and whose rows it may not read. */
class UnreadableTablesIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
        server.execute("CREATE ROLE few_reader LOGIN REPLICATION");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aNewTableIsRefusedWhileTheConnectorRunsAndWhenItStarts() throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "INSERT INTO orders VALUES (1)",
                "GRANT SELECT ON orders TO few_reader",
                "CREATE TABLE added (id int PRIMARY KEY)",
                "INSERT INTO added VALUES (1)",
                "CREATE PUBLICATION everything FOR ALL TABLES")) {
            // Given
            String slot = wal.unusedSlot();
            Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, slot, Map.of()));
            options.put("database.user", "few_reader");
            options.put("topic.prefix", "unreadable");
            options.put("snapshot.mode", "initial");
            options.put("table.include.list", "public.orders");
            MemoryOffsets offsets = new MemoryOffsets();
            Map<String, String> more = new HashMap<>(options);
            more.put("table.include.list", "public.orders,public.added");
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.untilSnapshotEnds();
                List<SourceRecord> records = new ArrayList<>();
                wal.write(Statement.on(0, "INSERT INTO orders VALUES (2)"));
                capture.until(records, () -> !records.isEmpty());
                capture.commit(records.get(records.size() - 1));

                // When / Then
                assertThat(errors(more))
                        .singleElement()
                        .asString()
                        .contains("is not allowed to read public.added", "GRANT SELECT ON public.added TO few_reader");
                assertThat(errors(options)).isEmpty();
            }
            wal.awaitRelease(slot);

            // When
            Throwable refused = catchThrowable(() -> Capture.start(Contender.TRIBUTARY, more, offsets));

            // Then
            assertThat(refused)
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("is not allowed to read public.added");

            // When
            wal.write(Statement.on(0, "GRANT SELECT ON added TO few_reader"));

            // Then
            try (Capture capture = Capture.start(Contender.TRIBUTARY, more, offsets)) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, record -> record.topic().endsWith(".added"));
            }
        }
    }

    /** Partitions are created by a job, long after {@code SELECT} was granted on all tables. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewPartitionOfAPublishedTableIsNotRefused(boolean runs) throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE orders (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE orders_0 PARTITION OF orders FOR VALUES FROM (0) TO (10)",
                "INSERT INTO orders VALUES (1)",
                "GRANT SELECT ON ALL TABLES IN SCHEMA public TO few_reader",
                "CREATE PUBLICATION everything FOR TABLE orders")) {
            // Given
            String slot = wal.unusedSlot();
            Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, slot, Map.of()));
            options.put("database.user", "few_reader");
            options.put("topic.prefix", "partitioned");
            options.put("snapshot.mode", "initial");
            options.put("table.include.list", "public.orders_.*");
            options.put("internal.tables.look.ms", "50");
            MemoryOffsets offsets = new MemoryOffsets();
            List<Statement> added =
                    Statement.on(0, "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (10) TO (20)");
            List<Statement> filled = Statement.on(0, "INSERT INTO orders VALUES (11)", "INSERT INTO orders VALUES (2)");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                records.addAll(capture.untilSnapshotEnds());
                wal.write(Statement.on(0, "INSERT INTO orders VALUES (3)"));
                capture.until(records, () -> keys(records).contains("orders_0 Struct{id=3}"));
                if (runs) {
                    wal.write(added);
                    wal.write(filled);
                    capture.until(records, () -> {
                        wal.write(Statement.on(0, "UPDATE orders SET id = id WHERE id = 1"));
                        return knows(records, "orders_1");
                    });
                }
                capture.commit(records.get(records.size() - 1));
            }
            wal.awaitRelease(slot);

            // When
            if (!runs) {
                wal.write(added);
            }
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                if (!runs) {
                    wal.write(filled);
                }
                wal.write(Statement.on(0, "INSERT INTO orders VALUES (12)"));

                // Then
                capture.until(records, () -> keys(records).contains("orders_1 Struct{id=12}"));
                assertThat(keys(records)).containsOnlyOnce("orders_1 Struct{id=11}");
            }
        }
    }

    private static List<String> keys(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().contains(".orders_"))
                .map(record -> record.topic().substring(record.topic().lastIndexOf('.') + 1) + " " + record.key())
                .toList();
    }

    private static boolean knows(List<SourceRecord> records, String table) {
        return String.valueOf(records.get(records.size() - 1).sourceOffset().get("captured_tables"))
                .contains(table);
    }

    private static List<String> errors(Map<String, String> options) {
        return new PostgresSourceConnector()
                .validate(options).configValues().stream()
                        .filter(value -> value.name().equals("database.user"))
                        .map(ConfigValue::errorMessages)
                        .findFirst()
                        .orElseThrow();
    }
}
