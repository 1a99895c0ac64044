// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Changes of a table that has another name, or none, by the time they are read. */
class LaggingChangesIT {

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What has happened to the table, or its name, when the stream comes to its changes. */
    private static final Map<String, List<String>> LATER = new TreeMap<>(Map.of(
            "renamed", List.of("ALTER TABLE orders RENAME TO away"),
            "swapped",
                    List.of(
                            "CREATE TABLE twin (id int PRIMARY KEY, other text)",
                            "ALTER TABLE orders RENAME TO away",
                            "ALTER TABLE twin RENAME TO orders"),
            "swapped with one of the same columns in another order",
                    List.of(
                            "CREATE TABLE twin (v text, b int, a int, PRIMARY KEY (a, b))",
                            "ALTER TABLE orders RENAME TO away",
                            "ALTER TABLE twin RENAME TO orders"),
            "moved", List.of("CREATE SCHEMA elsewhere", "ALTER TABLE orders SET SCHEMA elsewhere"),
            "dropped", List.of("DROP TABLE orders"),
            "dropped and created", List.of("DROP TABLE orders", "CREATE TABLE orders (id int PRIMARY KEY, a text)"),
            "dropped and created with one more column",
                    List.of(
                            "DROP TABLE orders",
                            "CREATE TABLE orders (a int, b int, v text NOT NULL, w text, PRIMARY KEY (b, a))")));

    /** Nobody knows any more whether the value could be null. */
    private static final Set<String> FORGOTTEN = Set.of("dropped", "dropped and created");

    static Stream<Arguments> later() {
        return LATER.keySet().stream()
                .flatMap(way -> Stream.of("DEFAULT", "FULL", "USING INDEX orders_pkey")
                        .map(identity -> Arguments.of(way, identity)));
    }

    /** The stream lags. A consumer must find each event under the same key, in the same partition. */
    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("later")
    void laggingChangesHaveTheKeyOfTheirTable(String way, String identity) throws Exception {
        try (Wal wal = Wal.after(
                server,
                "CREATE TABLE orders (a int, b int, v text NOT NULL, PRIMARY KEY (b, a))",
                "ALTER TABLE orders REPLICA IDENTITY " + identity,
                "CREATE TABLE other (n int PRIMARY KEY)",
                "CREATE PUBLICATION of_ours FOR TABLE orders, other")) {
            Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of()));
            options.put("snapshot.mode", "initial");
            options.put("table.include.list", "public.orders,public.other");
            options.put("publication.name", "of_ours");
            options.put("publication.autocreate.mode", "disabled");
            options.putAll(Map.of("max.batch.size", "20", "max.queue.size", "50"));
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                wal.write(Statement.on(0, "INSERT INTO other VALUES (0)"));
                capture.until(records, record -> record.topic().endsWith(".other"));

                // When
                wal.write(Statement.on(
                        0,
                        "INSERT INTO other SELECT generate_series(1, 5000)",
                        "INSERT INTO orders VALUES (1, 2, 'first')",
                        "UPDATE orders SET v = 'second'",
                        "DELETE FROM orders"));
                wal.write(Statement.on(0, requireNonNull(LATER.get(way)).toArray(String[]::new)));
                wal.write(Statement.on(0, "INSERT INTO other VALUES (6000)"));
                capture.until(
                        records,
                        record -> record.topic().endsWith(".other") && ((Struct) record.key()).getInt32("n") == 6000);
            }

            // Then
            List<SourceRecord> ofOrders = records.stream()
                    .filter(record -> record.topic().endsWith(".orders"))
                    .toList();
            assertThat(ofOrders).hasSize(4);
            assertThat(ofOrders).extracting(record -> record.key().toString()).containsOnly("Struct{b=2,a=1}");
            Schema row = ofOrders.get(0).valueSchema().field("after").schema();
            assertThat(row.field("v").schema().isOptional()).isEqualTo(FORGOTTEN.contains(way));
        }
    }
}
