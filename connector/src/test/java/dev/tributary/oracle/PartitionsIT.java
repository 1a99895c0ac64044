// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables with rows that become partitions of a captured table, whose changes carry its name. */
class PartitionsIT {

    private static final String[] ORDERS = {
        "CREATE TABLE orders (id int, day int, v text, PRIMARY KEY (id, day)) PARTITION BY RANGE (day)",
        "CREATE TABLE orders_0 PARTITION OF orders FOR VALUES FROM (0) TO (10)",
        "INSERT INTO orders SELECT i, i % 10, 'first' FROM generate_series(1, 100) AS i"
    };

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"filtered", "all_tables"})
    void theRowsOfATableThatIsAttachedAreRead(String mode) throws Exception {
        long seed = Long.getLong("oracle.seed", System.nanoTime());
        System.out.println("PartitionsIT seed " + seed);
        try (Wal wal = Wal.after(server, ORDERS)) {
            // Given
            Map<String, String> options = options(wal);
            options.put("publication.autocreate.mode", mode);
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(records, () -> rows(records).equals(expected(wal)));

                // When
                attach(wal);
                wal.write(Statement.on(
                        0,
                        "UPDATE orders SET v = v || ' again' WHERE id % 7 = 0",
                        "DELETE FROM orders WHERE id % 11 = 0",
                        "INSERT INTO orders VALUES (9999, 10, 'new'), (9999, 20, 'new')"));

                // Then: while they are read, rows change, move to another partition and disappear
                SplittableRandom random = new SplittableRandom(seed);
                int[] changes = new int[1];
                capture.until(records, () -> {
                    if (changes[0] == 400) {
                        return rows(records).equals(expected(wal));
                    }
                    wal.write(Statement.on(0, change(random, changes[0]++)));
                    return false;
                });
                wal.write(Statement.on(0, "UPDATE orders SET v = 'last'"));
                capture.until(records, () -> rows(records).equals(expected(wal)));
            }
        }
    }

    @Test
    void theRowsOfATableThatWasAttachedMeanwhileAreRead() throws Exception {
        try (Wal wal = Wal.after(server, ORDERS)) {
            // Given
            Map<String, String> options = options(wal);
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.until(records, () -> rows(records).equals(expected(wal)));
                wal.write(Statement.on(0, "UPDATE orders SET v = 'second'"));
                capture.until(records, () -> rows(records).equals(expected(wal)));
                capture.commit(records.get(records.size() - 1));
            }

            // When
            attach(wal);

            // Then
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.until(records, () -> rows(records).equals(expected(wal)));
            }
        }
    }

    @Test
    void theFirstPartitionIsReadEvenIfItWasAttachedMeanwhile() throws Exception {
        try (Wal wal = Wal.after(server, ORDERS[0], "CREATE TABLE other (id int PRIMARY KEY)")) {
            // Given
            Map<String, String> options = options(wal);
            options.put("table.include.list", "public.orders,public.other");
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                records.addAll(capture.until(wal.mark()));
                wal.write(Statement.on(0, "INSERT INTO other VALUES (1)"));
                capture.until(records, record -> record.topic().endsWith(".other"));
                capture.commit(records.get(records.size() - 1));
            }

            // When
            attach(wal);

            // Then
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.until(records, () -> rows(records).equals(expected(wal)));
            }
        }
    }

    @Test
    void aPartitionThatIsHalfReadIsReadToItsEnd() throws Exception {
        try (Wal wal = Wal.after(server, ORDERS)) {
            // Given
            Map<String, String> options = options(wal);
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.until(records, () -> rows(records).equals(expected(wal)));
                attach(wal);
                capture.until(records, () -> reads(records, 20) > 1_000);
                assertThat(reads(records, 20)).isLessThan(5_000);
                capture.commit(records.get(records.size() - 1));
            }

            // When
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                // Then
                capture.until(records, () -> rows(records).equals(expected(wal)));
            }
        }
    }

    @Test
    void aPartitionThatIsCreatedInItsPlaceIsNotRead() throws Exception {
        try (Wal wal = Wal.after(server, ORDERS)) {
            // Given
            Map<String, String> options = options(wal);
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.until(records, () -> rows(records).equals(expected(wal)));
                records.clear();

                // When
                wal.write(Statement.on(
                        0,
                        "CREATE TABLE orders_1 PARTITION OF orders FOR VALUES FROM (10) TO (20)",
                        "INSERT INTO orders SELECT i, 10, 'new' FROM generate_series(1, 100) AS i"));
                attach(wal, 20);
                capture.until(records, () -> reads(records, 20) == 100);
                records.addAll(capture.until(wal.mark()));
                capture.commit(records.get(records.size() - 1));

                // Then
                assertThat(reads(records, 10)).isZero();
            }

            // When
            wal.write(Statement.on(
                    0,
                    "CREATE TABLE orders_3 PARTITION OF orders FOR VALUES FROM (30) TO (40)",
                    "INSERT INTO orders SELECT i, 30, 'new' FROM generate_series(1, 100) AS i"));
            attach(wal, 40);
            records.clear();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.until(records, () -> reads(records, 40) == 100);
                records.addAll(capture.until(wal.mark()));
            }

            // Then
            assertThat(reads(records, 30)).isZero();
            assertThat(reads(records, 10) + reads(records, 20)).isZero();
        }
    }

    /** As a publication is that Debezium made for the partitions, or a person. */
    @Test
    void changesOfPartitionsThatAloneArePublishedArrive() throws Exception {
        try (Wal wal = Wal.after(
                server,
                ORDERS[0],
                ORDERS[1],
                ORDERS[2],
                "CREATE PUBLICATION of_ours FOR TABLE orders_0 WITH (publish_via_partition_root = true)")) {
            // Given
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options(wal), new MemoryOffsets())) {
                capture.until(records, () -> rows(records).equals(expected(wal)));

                // When
                wal.write(Statement.on(0, "INSERT INTO orders VALUES (9999, 1, 'new')"));
                Mark end = wal.mark();

                // Then
                records.addAll(capture.until(end));
                assertThat(rows(records)).isEqualTo(expected(wal));
            }
        }
    }

    @Test
    void aTableThatWasCapturedByItsOwnNameIsReadAsAPartition() throws Exception {
        try (Wal wal = Wal.after(server, ORDERS)) {
            // Given
            Map<String, String> options = options(wal);
            options.put("table.include.list", "public.orders.*");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(records, () -> rows(records).equals(expected(wal)));
                wal.write(Statement.on(
                        0,
                        "CREATE TABLE orders_new (LIKE orders INCLUDING ALL)",
                        "INSERT INTO orders_new SELECT i, 20, 'own' FROM generate_series(1, 100) AS i"));
                capture.until(
                        records,
                        () -> records.stream().anyMatch(record -> record.topic().endsWith(".orders_new")));

                // When
                wal.write(
                        Statement.on(0, "ALTER TABLE orders ATTACH PARTITION orders_new FOR VALUES FROM (20) TO (30)"));

                // Then
                capture.until(records, () -> rows(records).equals(expected(wal)));
            }
        }
    }

    @Test
    void aPartitionThatDisappearsBeforeItIsReadStopsNothing() throws Exception {
        try (Wal wal = Wal.after(server, ORDERS)) {
            // Given
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options(wal), new MemoryOffsets())) {
                capture.until(records, () -> rows(records).equals(expected(wal)));

                // When: an open transaction keeps the reading from its beginning
                wal.write(
                        List.of(new Statement(1, "BEGIN"), new Statement(1, "CREATE TABLE open_transaction (id int)")));
                attach(wal, 20);
                records.addAll(capture.until(wal.mark()));
                wal.write(Statement.on(0, "DROP TABLE \"Orders 20\""));
                attach(wal, 30);
                wal.write(List.of(new Statement(1, "COMMIT")));

                // Then
                capture.until(records, () -> reads(records, 30) == 100);
            }
        }
    }

    @Test
    void aTableThatIsDetachedAndAttachedAgainIsReadAgain() throws Exception {
        try (Wal wal = Wal.after(server, ORDERS)) {
            // Given
            Map<String, String> options = options(wal);
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(records, () -> rows(records).equals(expected(wal)));

                // When
                wal.write(Statement.on(
                        0, "ALTER TABLE orders DETACH PARTITION orders_0", "UPDATE orders_0 SET v = 'meanwhile'"));
                attach(wal, 20);
                capture.until(records, () -> reads(records, 20) == 100);
                wal.write(Statement.on(0, "ALTER TABLE orders ATTACH PARTITION orders_0 FOR VALUES FROM (0) TO (10)"));

                // Then
                capture.until(records, () -> rows(records).equals(expected(wal)));
            }
        }
    }

    private static String change(SplittableRandom random, int number) {
        int id = 1 + random.nextInt(5_000);
        return switch (random.nextInt(4)) {
            case 0 -> "DELETE FROM orders WHERE id = " + id;
            case 1 -> "UPDATE orders SET day = 31 WHERE day = 20 AND id = " + id;
            default -> "UPDATE orders SET v = 'change " + number + "' WHERE id BETWEEN " + id + " AND " + (id + 20);
        };
    }

    /** One table as it is; one in the transaction that creates it; one that has partitions of its own. */
    private static void attach(Wal wal) {
        attach(wal, 10);
        wal.write(Statement.on(
                0,
                "BEGIN",
                "CREATE TABLE orders_2 (day int NOT NULL, v text, id int NOT NULL)",
                "INSERT INTO orders_2 SELECT 20, 'old', i FROM generate_series(1, 5000) AS i",
                "ALTER TABLE orders ATTACH PARTITION orders_2 FOR VALUES FROM (20) TO (30)",
                "COMMIT",
                "CREATE TABLE orders_3 (LIKE orders INCLUDING ALL) PARTITION BY LIST (id)",
                "CREATE TABLE orders_3_a PARTITION OF orders_3 FOR VALUES IN (1, 2, 3)",
                "CREATE TABLE orders_3_b PARTITION OF orders_3 DEFAULT",
                "INSERT INTO orders_3 SELECT i, 30, 'old' FROM generate_series(1, 100) AS i",
                "ALTER TABLE orders ATTACH PARTITION orders_3 FOR VALUES FROM (30) TO (40)"));
    }

    /** Attaches a table with a hundred rows. */
    private static void attach(Wal wal, int day) {
        wal.write(Statement.on(
                0,
                "CREATE TABLE \"Orders " + day + "\" (LIKE orders INCLUDING ALL)",
                "INSERT INTO \"Orders " + day + "\" SELECT i, " + day + ", 'old' FROM generate_series(1, 100) AS i",
                "ALTER TABLE orders ATTACH PARTITION \"Orders " + day + "\" FOR VALUES FROM (" + day + ") TO ("
                        + (day + 10) + ")"));
    }

    private static Map<String, String> options(Wal wal) {
        Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of()));
        options.put("snapshot.mode", "initial");
        options.put("table.include.list", "public.orders");
        options.put("internal.tables.look.ms", "50");
        options.put("publication.name", "of_ours");
        options.put("publication.autocreate.mode", "filtered");
        options.put("publish.via.partition.root", "true");
        options.put("internal.backfill.chunk.bytes", "8192");
        return options;
    }

    private static Map<String, String> expected(Wal wal) {
        Map<String, String> rows = new TreeMap<>();
        String all =
                wal.ask("SELECT coalesce(string_agg(day || ' ' || id || '=' || v, ',' ORDER BY 1), '') FROM orders");
        for (String row : all.split(",", -1)) {
            rows.put(row.substring(0, row.indexOf('=')), row.substring(row.indexOf('=') + 1));
        }
        return rows;
    }

    /** The table as its records tell. */
    private static Map<String, String> rows(List<SourceRecord> records) {
        Map<String, String> rows = new TreeMap<>();
        for (SourceRecord record : records) {
            if (record.topic().endsWith(".orders") && record.value() instanceof Struct value) {
                Struct key = (Struct) record.key();
                String row = key.getInt32("day") + " " + key.getInt32("id");
                if (value.getString("op").equals("d")) {
                    rows.remove(row);
                } else {
                    rows.put(row, value.getStruct("after").getString("v"));
                }
            }
        }
        return rows;
    }

    private static long reads(List<SourceRecord> records, int day) {
        return records.stream()
                .filter(record -> record.topic().endsWith(".orders"))
                .filter(record -> record.value() instanceof Struct value && "r".equals(value.getString("op")))
                .filter(record -> ((Struct) record.key()).getInt32("day") == day)
                .count();
    }
}
