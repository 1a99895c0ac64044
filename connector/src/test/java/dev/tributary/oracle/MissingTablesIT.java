// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are created while the connector runs: {@code tables.missing=wait}. */
class MissingTablesIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aTableThatIsCreatedLaterIsCapturedWithTheRowsThatItHasByThen() throws Exception {
        try (Wal wal = Wal.after(server)) {
            // Given
            Map<String, String> options = options(wal, "public.orders,public.items");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(wal.mark());

                // When
                wal.write(Statement.on(
                        0,
                        "CREATE TABLE orders (id int PRIMARY KEY, v text)",
                        "INSERT INTO orders SELECT i, 'first' FROM generate_series(1, 500) AS i"));
                capture.until(records, () -> count(records, "orders", "r") + count(records, "orders", "c") >= 500);
                wal.write(Statement.on(0, "UPDATE orders SET v = 'second' WHERE id = 7"));
                capture.until(records, () -> count(records, "orders", "u") == 1);

                // When
                wal.write(Statement.on(
                        0,
                        "CREATE TABLE items (id int PRIMARY KEY)",
                        "INSERT INTO items SELECT generate_series(1, 9)"));
                capture.until(records, () -> count(records, "items", "r") + count(records, "items", "c") >= 9);
                records.addAll(capture.until(wal.mark()));
            }

            // Then
            assertThat(count(records, "orders", "r") + count(records, "orders", "c"))
                    .isEqualTo(500);
            assertThat(count(records, "items", "r") + count(records, "items", "c"))
                    .isEqualTo(9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"filtered", "all_tables", "disabled"})
    void aTableThatIsDroppedAndCreatedAgainIsCapturedWithAllOfItsRows(String mode) throws Exception {
        try (Wal wal = Wal.after(
                server, "CREATE TABLE orders (id int PRIMARY KEY, v text)", "INSERT INTO orders VALUES (1, 'first')")) {
            // Given
            if (mode.equals("disabled")) {
                wal.write(Statement.on(0, "CREATE PUBLICATION of_ours FOR TABLE orders"));
            }
            Map<String, String> options = options(wal, "public.orders");
            options.put("tables.missing", "fail");
            options.put("publication.autocreate.mode", mode);
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(wal.mark());

                // When
                wal.write(Statement.on(
                        0,
                        "BEGIN",
                        "DROP TABLE orders",
                        "CREATE TABLE orders (id int PRIMARY KEY, v text, more text)",
                        "COMMIT",
                        "INSERT INTO orders SELECT i, 'second' FROM generate_series(1, 500) AS i"));
                if (mode.equals("disabled")) {
                    wal.write(Statement.on(0, "ALTER PUBLICATION of_ours ADD TABLE orders"));
                }

                // Then
                capture.until(records, () -> ids(records, "orders") == 500);
                wal.write(Statement.on(0, "UPDATE orders SET more = 'third' WHERE id = 7"));
                capture.until(records, () -> count(records, "orders", "u") == 1);
            }
        }
    }

    @Test
    void aTableThatIsCreatedLaterAndMatchesAPatternIsCaptured() throws Exception {
        try (Wal wal = Wal.after(server, "CREATE TABLE orders (id int PRIMARY KEY)")) {
            // Given
            Map<String, String> options = options(wal, "public.orders.*");
            options.put("tables.missing", "fail");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(wal.mark());

                // When
                wal.write(Statement.on(
                        0,
                        "CREATE TABLE orders_2027 (id int PRIMARY KEY)",
                        "INSERT INTO orders_2027 SELECT generate_series(1, 9)"));

                // Then
                capture.until(records, () -> ids(records, "orders_2027") == 9);
            }
        }
    }

    @Test
    void aTableWhoseUpdatesWouldFailIsNotPublished() throws Exception {
        try (Wal wal = Wal.after(server)) {
            // Given
            Map<String, String> options = options(wal, "public.orders,public.audit");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(wal.mark());

                // When
                wal.write(Statement.on(
                        0,
                        "CREATE TABLE audit (at int)",
                        "INSERT INTO audit VALUES (1)",
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "INSERT INTO orders VALUES (1)"));
                capture.until(records, () -> count(records, "orders", "r") + count(records, "orders", "c") == 1);

                // Then
                wal.write(Statement.on(0, "UPDATE audit SET at = 2"));
                assertThat(capture.until(wal.mark()))
                        .noneMatch(record -> record.topic().endsWith(".audit"));
            }
        }
    }

    @Test
    void aTableWithoutAKeyThatIsCreatedLaterGetsItsIdentityWithItsPublication() throws Exception {
        try (Wal wal = Wal.after(server)) {
            // Given
            Map<String, String> options = options(wal, "public.audit");
            options.put("replica.identity.autoset.values", "public\\..*:FULL");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(wal.mark());

                // When
                wal.write(Statement.on(
                        0, "CREATE TABLE audit (id int, v text)", "INSERT INTO audit VALUES (1, 'first')"));
                capture.until(records, () -> count(records, "audit", "r") + count(records, "audit", "c") == 1);

                // Then
                wal.write(Statement.on(0, "UPDATE audit SET v = 'second'"));
                capture.until(records, () -> count(records, "audit", "u") == 1);
                assertThat(records)
                        .filteredOn(record -> record.value() instanceof Struct value && "u".equals(value.get("op")))
                        .singleElement()
                        .extracting(record ->
                                ((Struct) record.value()).getStruct("before").getString("v"))
                        .isEqualTo("first");
            }
        }
    }

    @Test
    void aTableThatCannotBeCapturedIsInTheWarningsOfTheTaskUntilItCan() throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE ROLE owner_of_few LOGIN REPLICATION",
                "GRANT ALL ON SCHEMA public TO owner_of_few",
                "DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO owner_of_few', current_database()); END $$")) {
            // Given
            Map<String, String> options = options(wal, "public.orders,public.audit");
            options.put("database.user", "owner_of_few");
            options.put("topic.prefix", "few");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                assertThat(warnings("few")).noneMatch(warning -> warning.contains("public.orders"));

                // When
                wal.write(Statement.on(
                        0,
                        "CREATE TABLE orders (id int PRIMARY KEY)",
                        "INSERT INTO orders VALUES (1)",
                        "CREATE TABLE audit (at int)",
                        "ALTER TABLE audit OWNER TO owner_of_few"));

                // Then
                await().untilAsserted(() -> {
                    capture.poll();
                    assertThat(warnings("few"))
                            .anyMatch(warning -> warning.contains("lacks public.audit, public.orders")
                                    && warning.contains("its next start fails"))
                            .anyMatch(warning -> warning.startsWith(
                                    "table.include.list: Tables without a usable replica identity: public.audit"));
                });
                assertThat(status("few", "State")).isEqualTo("RUNNING");

                // When
                wal.write(Statement.on(0, "ALTER TABLE orders OWNER TO owner_of_few"));

                // Then
                capture.until(records, () -> ids(records, "orders") == 1);
                await().untilAsserted(() -> {
                    capture.poll();
                    assertThat(warnings("few")).noneMatch(warning -> warning.contains("public.orders"));
                });
                assertThat(warnings("few")).anyMatch(warning -> warning.contains("public.audit"));
            }
        }
    }

    private static String[] warnings(String prefix) throws Exception {
        return (String[]) status(prefix, "Warnings");
    }

    private static Object status(String prefix, String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.tributary:type=task,server=\"" + prefix + "\""), attribute);
    }

    private static Map<String, String> options(Wal wal, String tables) {
        Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of()));
        options.put("snapshot.mode", "initial");
        options.put("table.include.list", tables);
        options.put("tables.missing", "wait");
        options.put("internal.tables.look.ms", "50");
        options.put("publication.name", "of_ours");
        options.put("publication.autocreate.mode", "filtered");
        return options;
    }

    /** How many rows were read or inserted; with several ways to capture a row, some may have been both. */
    private static long ids(List<SourceRecord> records, String table) {
        return records.stream()
                .filter(record -> record.topic().endsWith("." + table))
                .filter(record -> record.value() instanceof Struct value && !"u".equals(value.getString("op")))
                .map(record -> ((Struct) record.key()).getInt32("id"))
                .distinct()
                .count();
    }

    private static long count(List<SourceRecord> records, String table, String operation) {
        return records.stream()
                .filter(record -> record.topic().endsWith("." + table))
                .filter(record -> record.value() instanceof Struct value && operation.equals(value.getString("op")))
                .count();
    }
}
