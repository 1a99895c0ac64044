// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tributary.position.ServerTimeline;
import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that are taken out of the publication for a while, and others that only seem to be. */
class PublicationGapsIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest(name = "while the connector runs: {0}")
    @ValueSource(booleans = {true, false})
    void aGapInTheMiddleOfABackfillMakesItStartOver(boolean running) throws Exception {
        try (Wal wal = database(3_000, "CREATE PUBLICATION ours FOR TABLE other, orders")) {
            // Given
            Map<String, String> options = options(wal);
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            options.put("table.include.list", "public.other");
            run(options, offsets, records, wal);
            options.put("table.include.list", "public.other,public.orders");
            options.putAll(
                    Map.of("max.batch.size", "50", "max.queue.size", "100", "internal.backfill.chunk.bytes", "8192"));
            Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets);
            try {
                capture.until(records, () -> orders(records).size() > 500);
                if (!running) {
                    capture.commit(records.get(records.size() - 1));
                    capture.close();
                }

                // When
                wal.write(Statement.on(
                        0,
                        "ALTER PUBLICATION ours DROP TABLE orders",
                        "UPDATE orders SET v = 'unseen' WHERE id <= 200",
                        "ALTER PUBLICATION ours ADD TABLE orders"));
                if (!running) {
                    capture = Capture.start(Contender.TRIBUTARY, options, offsets);
                }

                // Then
                capture.until(records, () -> orders(records).equals(expected(wal)));
            } finally {
                capture.close();
            }
        }
    }

    static Stream<Arguments> waysToPublish() {
        return Stream.of(
                Arguments.of(
                        "CREATE TABLE orders (id int PRIMARY KEY, v text)",
                        "CREATE PUBLICATION ours FOR TABLE orders, other",
                        "ALTER PUBLICATION ours ADD TABLES IN SCHEMA public",
                        "ALTER PUBLICATION ours DROP TABLE orders, other"),
                Arguments.of(
                        "CREATE TABLE orders PARTITION OF whole FOR VALUES FROM (1) TO (1000)",
                        "CREATE PUBLICATION ours FOR TABLE whole, other",
                        "ALTER PUBLICATION ours ADD TABLE orders",
                        "ALTER PUBLICATION ours DROP TABLE whole"));
    }

    @ParameterizedTest(name = "{2}, {3}")
    @MethodSource("waysToPublish")
    void aTableThatIsPublishedInAnotherWayIsNotReadAgain(
            String creation, String publication, String addition, String removal) throws Exception {
        assumeTrue(ServerVersion.MAJOR >= 15, "schemas are published since Postgres 15");
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE whole (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
                creation,
                "CREATE TABLE other (id int PRIMARY KEY, v text)",
                "INSERT INTO orders SELECT i, 'first' FROM generate_series(1, 50) AS i",
                publication)) {
            // Given
            Map<String, String> options = options(wal);
            options.put("table.include.list", "public.orders,public.young.*");
            options.put("publication.autocreate.mode", "filtered");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(records, () -> orders(records).equals(expected(wal)));

                // When
                for (String change : List.of(addition, removal)) {
                    String young = "young_" + records.size();
                    wal.write(Statement.on(
                            0,
                            change,
                            "CREATE UNLOGGED TABLE " + young + " (id int PRIMARY KEY, v text)",
                            "INSERT INTO " + young + " VALUES (1, 'read after the next look')",
                            "ALTER TABLE " + young + " SET LOGGED"));
                    capture.until(records, record -> record.topic().endsWith(young));
                }
            }

            // Then
            assertThat(operations(records, "orders")).containsOnlyKeys("r").containsEntry("r", 50);
        }
    }

    static Stream<Arguments> absences() {
        return Stream.of(
                Arguments.of(
                        "CREATE PUBLICATION ours FOR ALL TABLES",
                        "ALTER TABLE orders SET UNLOGGED",
                        "UPDATE orders SET v = 'unseen' WHERE id = 7",
                        "ALTER TABLE orders SET LOGGED"),
                Arguments.of(
                        "CREATE PUBLICATION ours FOR TABLES IN SCHEMA public",
                        "ALTER TABLE orders SET SCHEMA away",
                        "UPDATE away.orders SET v = 'unseen' WHERE id = 7",
                        "ALTER TABLE away.orders SET SCHEMA public"),
                Arguments.of(
                        "CREATE PUBLICATION ours FOR TABLE whole, other",
                        "ALTER TABLE whole DETACH PARTITION orders",
                        "UPDATE orders SET v = 'unseen' WHERE id = 7",
                        "ALTER TABLE whole ATTACH PARTITION orders FOR VALUES FROM (1) TO (1000)"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("absences")
    void aTableThatWasAbsentAtALookIsReadAgain(String publication, String leave, String change, String comeBack)
            throws Exception {
        assumeTrue(ServerVersion.MAJOR >= 15, "schemas are published since Postgres 15");
        boolean isPartition = leave.contains("DETACH");
        try (Wal wal = database(
                50,
                "CREATE SCHEMA away",
                "CREATE TABLE whole (id int NOT NULL, v text) PARTITION BY RANGE (id)",
                "ALTER TABLE whole ATTACH PARTITION orders FOR VALUES FROM (1) TO (1000)",
                isPartition ? "SELECT 1" : "ALTER TABLE whole DETACH PARTITION orders",
                publication)) {
            // Given
            Map<String, String> options = options(wal);
            options.put("table.include.list", "public.(orders|found)");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(records, () -> orders(records).equals(expected(wal)));

                // When
                wal.write(Statement.on(
                        0,
                        leave,
                        change,
                        "CREATE UNLOGGED TABLE found (id int PRIMARY KEY, v text)",
                        "INSERT INTO found VALUES (1, 'read at the next look')",
                        "ALTER TABLE found SET LOGGED",
                        isPartition ? "ALTER PUBLICATION ours ADD TABLE found" : "SELECT 1"));
                capture.until(records, record -> record.topic().endsWith(".found"));
                wal.write(Statement.on(0, comeBack));

                // Then
                capture.until(records, () -> orders(records).equals(expected(wal)));
            }
        }
    }

    /** The partition is published because of the schema of the table that it is a partition of. */
    @ParameterizedTest(name = "{1}")
    @MethodSource("changesOfSchemas")
    void aPartitionInAnotherSchemaIsReadAgainOnlyAfterAGap(boolean isGap, List<String> changes) throws Exception {
        assumeTrue(ServerVersion.MAJOR >= 15, "schemas are published since Postgres 15");
        try (Wal wal = Wal.after(
                server,
                "CREATE SCHEMA away",
                "CREATE TABLE away.whole (id int PRIMARY KEY, v text) PARTITION BY RANGE (id)",
                "CREATE TABLE orders PARTITION OF away.whole FOR VALUES FROM (1) TO (1000)",
                "CREATE TABLE other (id int PRIMARY KEY, v text)",
                "INSERT INTO orders SELECT i, 'first' FROM generate_series(1, 50) AS i",
                "CREATE PUBLICATION ours FOR TABLES IN SCHEMA away, TABLE other",
                "CREATE PUBLICATION theirs FOR TABLES IN SCHEMA away, TABLE other")) {
            // Given
            Map<String, String> options = options(wal);
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            run(options, offsets, records, wal);

            // When
            for (String change : changes) {
                if (change.startsWith("publication.name=")) {
                    options.put("publication.name", change.substring("publication.name=".length()));
                } else {
                    wal.write(Statement.on(0, change));
                }
            }
            run(options, offsets, records, wal);

            // Then
            assertThat(operations(records, "orders")).containsEntry("r", isGap ? 100 : 50);
            assertThat(orders(records)).isEqualTo(expected(wal));
        }
    }

    static Stream<Arguments> changesOfSchemas() {
        return Stream.of(
                Arguments.of(
                        true,
                        List.of(
                                "ALTER PUBLICATION ours DROP TABLES IN SCHEMA away",
                                "UPDATE orders SET v = 'unseen' WHERE id = 7",
                                "ALTER PUBLICATION ours ADD TABLES IN SCHEMA away")),
                Arguments.of(false, List.of("ALTER PUBLICATION ours ADD TABLE orders")),
                Arguments.of(false, List.of("publication.name=theirs")));
    }

    @Test
    void aPublicationThatExistedAllAlongCanTakeOver() throws Exception {
        try (Wal wal =
                database(50, "CREATE PUBLICATION ours FOR ALL TABLES", "CREATE PUBLICATION theirs FOR ALL TABLES")) {
            // Given
            Map<String, String> options = options(wal);
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            run(options, offsets, records, wal);

            // When
            wal.write(Statement.on(0, "UPDATE orders SET v = 'second' WHERE id = 7"));
            options.put("publication.name", "theirs");
            run(options, offsets, records, wal);

            // Then
            assertThat(orders(records)).isEqualTo(expected(wal));
            assertThat(operations(records, "orders")).isEqualTo(Map.of("r", 50, "u", 1));
        }
    }

    @Test
    void aTableThatAnotherPublicationHasHadForAMomentIsReadAgain() throws Exception {
        try (Wal wal =
                database(50, "CREATE PUBLICATION ours FOR ALL TABLES", "CREATE PUBLICATION theirs FOR TABLE other")) {
            // Given
            Map<String, String> options = options(wal);
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            run(options, offsets, records, wal);

            // When
            wal.write(Statement.on(
                    0, "UPDATE orders SET v = 'unseen' WHERE id = 7", "ALTER PUBLICATION theirs ADD TABLE orders"));
            options.put("publication.name", "theirs");

            // Then
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.until(records, () -> orders(records).equals(expected(wal)));
            }
        }
    }

    /** As after pg_upgrade: tables keep their oids, and publications get others. */
    @Test
    void publicationsOfAnotherServerAreNotCompared() throws Exception {
        try (Wal wal = database(50, "CREATE PUBLICATION ours FOR ALL TABLES")) {
            // Given
            Map<String, String> options = options(wal);
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            run(options, offsets, records, wal);

            // When
            wal.write(Statement.on(0, "DROP PUBLICATION ours", "CREATE PUBLICATION ours FOR ALL TABLES"));
            offsets.change(ServerTimeline.SYSTEM_ID, "7000000000000000000");
            options.put("server.divergence", "continue");
            run(options, offsets, records, wal);
            options.remove("server.divergence");
            run(options, offsets, records, wal);

            // Then
            assertThat(operations(records, "orders")).isEqualTo(Map.of("r", 50));
        }
    }

    private static Wal database(int rows, String... publications) {
        return Wal.after(
                server,
                Stream.concat(
                                Stream.of(
                                        "CREATE TABLE orders (id int PRIMARY KEY, v text)",
                                        "CREATE TABLE other (id int PRIMARY KEY, v text)",
                                        "INSERT INTO other VALUES (0, 'read')",
                                        "INSERT INTO orders SELECT i, repeat('v', 100) FROM generate_series(1, " + rows
                                                + ") AS i"),
                                Stream.of(publications))
                        .toArray(String[]::new));
    }

    private static Map<String, String> options(Wal wal) {
        Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of()));
        options.put("snapshot.mode", "initial");
        options.put("table.include.list", "public.orders,public.other");
        options.put("internal.tables.look.ms", "50");
        options.put("publication.name", "ours");
        return options;
    }

    /** A run that ends, with everything stored, when there is nothing left to read. */
    private static void run(Map<String, String> options, MemoryOffsets offsets, List<SourceRecord> records, Wal wal)
            throws InterruptedException {
        try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
            int id = records.size() + 1;
            boolean[] written = new boolean[1];
            capture.until(records, () -> {
                if (!written[0] && isSnapshotOver(records)) {
                    wal.write(Statement.on(0, "INSERT INTO other VALUES (" + id + ", 'stored')"));
                    written[0] = true;
                }
                return written[0]
                        && operations(records, "other").getOrDefault("c", 0)
                                == Integer.parseInt(wal.ask("SELECT count(*) FROM other WHERE id > 0"))
                        && BackfillScenario.isComplete(records.get(records.size() - 1));
            });
            capture.commit(records.get(records.size() - 1));
        }
        wal.awaitRelease(options.getOrDefault("slot.name", ""));
    }

    private static boolean isSnapshotOver(List<SourceRecord> records) {
        return records.stream().anyMatch(SnapshotMoments::isLast);
    }

    private static Map<Integer, String> expected(Wal wal) {
        return new TreeMap<>(wal.query("SELECT id, v FROM orders"));
    }

    /** How many events of each kind a table has. */
    private static Map<String, Integer> operations(List<SourceRecord> records, String table) {
        Map<String, Integer> operations = new TreeMap<>();
        for (SourceRecord record : records) {
            if (record.topic().endsWith("." + table) && record.value() instanceof Struct value) {
                operations.merge(value.getString("op"), 1, Integer::sum);
            }
        }
        return operations;
    }

    /** The table as its topic has it. */
    private static Map<Integer, String> orders(List<SourceRecord> records) {
        Map<Integer, String> rows = new TreeMap<>();
        for (SourceRecord record : records) {
            if (record.topic().endsWith(".orders") && record.value() instanceof Struct value) {
                Struct after = value.getStruct("after");
                if (after != null) {
                    rows.put(after.getInt32("id"), after.getString("v"));
                }
            }
        }
        return rows;
    }
}
