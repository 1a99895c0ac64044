// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Partitions that are created while the connector streams, and whose changes carry their own names. */
class NewPartitionsIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "published: {0}; then {1}")
    @CsvSource({
        "TABLE whole.orders,      SELECT 1",
        "TABLE whole.orders,      ALTER TABLE orders_1 OWNER TO pg_monitor",
        "TABLES IN SCHEMA whole,  SELECT 1",
    })
    void onlyThoseThatMayHaveOlderRowsAreRead(String published, String alteration) throws Exception {
        assumeTrue(
                ServerVersion.MAJOR >= 15 || !published.contains("SCHEMA"), "schemas are published since Postgres 15");
        try (Wal wal = Wal.after(
                server,
                "CREATE SCHEMA whole",
                "CREATE TABLE whole.orders (id int PRIMARY KEY) PARTITION BY RANGE (id)",
                "CREATE TABLE orders_0 PARTITION OF whole.orders FOR VALUES FROM (0) TO (10)",
                "INSERT INTO orders_0 VALUES (1)",
                "CREATE PUBLICATION ours FOR " + published)) {
            // Given
            Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of()));
            options.put("snapshot.mode", "initial");
            options.put("table.include.list", "public.orders_.*");
            options.put("internal.tables.look.ms", "50");
            options.put("publication.name", "ours");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                records.addAll(capture.untilSnapshotEnds());
                attach(wal, 2);
                capture.until(records, () -> operations(records, "orders_2").equals(List.of("r")));

                // When
                wal.write(Statement.on(
                        0,
                        "CREATE TABLE orders_1 PARTITION OF whole.orders FOR VALUES FROM (10) TO (20)",
                        alteration,
                        "INSERT INTO whole.orders VALUES (11)"));
                attach(wal, 3);
                capture.until(records, () -> operations(records, "orders_3").equals(List.of("r")));
                do {
                    records.addAll(capture.until(wal.mark()));
                } while (!BackfillScenario.isComplete(records.get(records.size() - 1)));
            }

            // Then
            assertThat(operations(records, "orders_1")).containsExactly("c");
        }
    }

    /** The publication does not contain the row when it is written. */
    private static void attach(Wal wal, int number) {
        String table = "orders_" + number;
        wal.write(Statement.on(
                0,
                "CREATE TABLE " + table + " (id int PRIMARY KEY)",
                "INSERT INTO " + table + " VALUES (" + number + "0)",
                "ALTER TABLE whole.orders ATTACH PARTITION " + table + " FOR VALUES FROM (" + number + "0) TO ("
                        + number + "9)"));
    }

    private static List<String> operations(List<SourceRecord> records, String table) {
        return records.stream()
                .filter(record -> record.topic().endsWith("." + table))
                .map(record -> ((Struct) record.value()).getString("op"))
                .toList();
    }
}
