// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables whose changes are not captured for a while in the middle of their backfill. */
class BackfillAbsencesIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** At the end, {@code orders} has rows other than those of which the stream has all changes. */
    static Stream<Arguments> ways() {
        String unseen = " SET v = 'unseen' WHERE id <= 200";
        return Stream.of(
                        List.of(
                                "renamed",
                                "ALTER TABLE orders RENAME TO orders_x",
                                "UPDATE orders_x" + unseen,
                                "ALTER TABLE orders_x RENAME TO orders"),
                        List.of(
                                "renamed to a captured name",
                                "ALTER TABLE orders RENAME TO orders_captured",
                                "UPDATE orders_captured" + unseen,
                                "ALTER TABLE orders_captured RENAME TO orders"),
                        List.of(
                                "renamed in one transaction",
                                "BEGIN",
                                "ALTER TABLE orders RENAME TO orders_x",
                                "UPDATE orders_x" + unseen,
                                "ALTER TABLE orders_x RENAME TO orders",
                                "COMMIT"),
                        List.of(
                                "moved to another schema",
                                "ALTER TABLE orders SET SCHEMA away",
                                "UPDATE away.orders" + unseen,
                                "ALTER TABLE away.orders SET SCHEMA public"),
                        List.of(
                                "unlogged",
                                "ALTER TABLE orders SET UNLOGGED",
                                "UPDATE orders" + unseen,
                                "ALTER TABLE orders SET LOGGED"),
                        List.of(
                                "dropped and created again",
                                "DROP TABLE orders",
                                "CREATE UNLOGGED TABLE orders (id int PRIMARY KEY, v text)",
                                "INSERT INTO orders SELECT i, 'unseen' FROM generate_series(1, 300) AS i",
                                "ALTER TABLE orders SET LOGGED"),
                        List.of(
                                "truncated under another name",
                                "ALTER TABLE orders RENAME TO orders_x",
                                "TRUNCATE orders_x",
                                "INSERT INTO orders_x SELECT i, 'unseen' FROM generate_series(1, 300) AS i",
                                "ALTER TABLE orders_x RENAME TO orders"))
                .flatMap(way -> Stream.of(true, false)
                        .map(running -> Arguments.of(way.get(0), running, way.subList(1, way.size()))));
    }

    @ParameterizedTest(name = "{0}, while the connector runs: {1}")
    @MethodSource("ways")
    void aTableThatIsChangedUnseenInTheMiddleOfItsBackfillIsReadFromItsBeginning(
            String way, boolean running, List<String> statements) throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE SCHEMA away",
                "CREATE TABLE other (id int PRIMARY KEY)",
                "INSERT INTO other VALUES (0)",
                "CREATE TABLE orders (id int PRIMARY KEY, v text)",
                "INSERT INTO orders SELECT i, repeat('v', 100) FROM generate_series(1, 3000) AS i",
                "CREATE PUBLICATION ours FOR ALL TABLES")) {
            // Given
            Map<String, String> options = options(wal);
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            options.put("table.include.list", "public.other");
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                records.addAll(capture.untilSnapshotEnds());
                wal.write(Statement.on(0, "INSERT INTO other VALUES (1)"));
                capture.until(records, record -> record.topic().endsWith(".other"));
                capture.commit(records.get(records.size() - 1));
            }
            options.put("table.include.list", "public.other,public.orders,public.orders_captured");
            Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets);
            try {
                capture.until(records, () -> orders(records).size() > 500);
                assertThat(orders(records)).hasSizeLessThan(3000);
                if (!running) {
                    capture.commit(records.get(records.size() - 1));
                    capture.close();
                }

                // When
                wal.write(Statement.on(0, statements.toArray(String[]::new)));
                if (!running) {
                    capture = Capture.start(Contender.TRIBUTARY, options, offsets);
                }

                // Then
                capture.until(
                        records,
                        () -> orders(records)
                                .entrySet()
                                .containsAll(expected(wal).entrySet()));
            } finally {
                capture.close();
            }
        }
    }

    private static Map<String, String> options(Wal wal) {
        Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of()));
        options.put("snapshot.mode", "initial");
        options.put("publication.name", "ours");
        // A look may find the table away, but mostly nothing but the stream shows what happens.
        options.put("internal.tables.look.ms", "500");
        options.putAll(
                Map.of("max.batch.size", "50", "max.queue.size", "100", "internal.backfill.chunk.bytes", "8192"));
        return options;
    }

    private static Map<Integer, String> expected(Wal wal) {
        return new TreeMap<>(wal.query("SELECT id, v FROM orders"));
    }

    /** The last rows of the topic. */
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
