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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables that got their rows while the connector could not see them, and are captured then. */
class RenamedTablesIT {

    private static final String CREATE_NEW = "CREATE TABLE orders_new (LIKE orders INCLUDING ALL)";
    private static final String FILL_NEW = "INSERT INTO orders_new SELECT i, 'new' FROM generate_series(51, 1000) AS i";

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** What happens to the tables. At the end, {@code orders} is one whose rows have never been captured. */
    static Stream<Arguments> ways() {
        Map<String, List<String>> ways = new TreeMap<>();
        ways.put(
                "replaced",
                List.of(
                        CREATE_NEW,
                        FILL_NEW,
                        "ALTER TABLE orders RENAME TO orders_old",
                        "ALTER TABLE orders_new RENAME TO orders"));
        ways.put(
                "replaced in the transaction that creates it",
                List.of(
                        "BEGIN",
                        CREATE_NEW,
                        FILL_NEW,
                        "DROP TABLE orders",
                        "ALTER TABLE orders_new RENAME TO orders",
                        "COMMIT"));
        ways.put(
                "swapped",
                List.of(
                        CREATE_NEW,
                        FILL_NEW,
                        "BEGIN",
                        "ALTER TABLE orders RENAME TO between",
                        "ALTER TABLE orders_new RENAME TO orders",
                        "ALTER TABLE between RENAME TO orders_new",
                        "COMMIT"));
        ways.put(
                "moved from another schema",
                List.of(
                        "CREATE SCHEMA staging",
                        "CREATE TABLE staging.orders (LIKE orders INCLUDING ALL)",
                        "INSERT INTO staging.orders SELECT i, 'new' FROM generate_series(51, 1000) AS i",
                        "DROP TABLE orders",
                        "ALTER TABLE staging.orders SET SCHEMA public"));
        ways.put(
                "loaded without WAL",
                List.of(
                        "DROP TABLE orders",
                        "CREATE UNLOGGED TABLE orders (id int PRIMARY KEY, v text)",
                        "INSERT INTO orders SELECT i, 'new' FROM generate_series(51, 1000) AS i",
                        "ALTER TABLE orders SET LOGGED"));
        ways.put(
                "replaced by one that gets another owner then",
                List.of(
                        CREATE_NEW,
                        FILL_NEW,
                        "DROP TABLE orders",
                        "ALTER TABLE orders_new RENAME TO orders",
                        "ALTER TABLE orders OWNER TO pg_monitor"));
        ways.put(
                "changed under another name",
                List.of(
                        "ALTER TABLE orders RENAME TO orders_old",
                        "UPDATE orders_old SET v = 'unseen' WHERE id < 20",
                        "ALTER TABLE orders_old RENAME TO orders"));
        ways.put(
                "changed while another table has its name",
                List.of(
                        "CREATE TABLE twin (LIKE orders INCLUDING ALL)",
                        "BEGIN",
                        "ALTER TABLE orders RENAME TO between",
                        "ALTER TABLE twin RENAME TO orders",
                        "ALTER TABLE between RENAME TO twin",
                        "COMMIT",
                        "UPDATE twin SET v = 'unseen' WHERE id < 20",
                        "BEGIN",
                        "ALTER TABLE orders RENAME TO between",
                        "ALTER TABLE twin RENAME TO orders",
                        "DROP TABLE between",
                        "COMMIT"));
        return ways.entrySet().stream()
                .flatMap(way -> Stream.of("filtered", "all_tables")
                        .map(mode -> Arguments.of(way.getKey(), mode, way.getValue())));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("ways")
    void theRowsOfATableThatTakesThePlaceOfACapturedOneAreRead(String way, String mode, List<String> statements)
            throws Exception {
        try (Wal wal = orders()) {
            // Given
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options(wal, mode), new MemoryOffsets())) {
                capture.until(records, () -> rows(records).equals(expected(wal)));

                // When
                wal.write(Statement.on(0, statements.toArray(String[]::new)));
                wal.write(Statement.on(0, "INSERT INTO orders VALUES (2000, 'last')"));

                // Then
                capture.until(
                        records,
                        () -> rows(records).entrySet().containsAll(expected(wal).entrySet()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE young ADD COLUMN w text",
                "GRANT SELECT ON young TO PUBLIC",
                "CREATE INDEX ON young (v)",
                "COMMENT ON TABLE young IS 'new'",
                "ALTER TABLE young OWNER TO pg_monitor"
            })
    void aTableWhoseChangesAreAllStreamedIsNotRead(String alteration) throws Exception {
        try (Wal wal = orders()) {
            // Given
            Map<String, String> options = options(wal, "all_tables");
            options.put("table.include.list", "public.(orders|young|found)");
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.until(records, () -> rows(records).equals(expected(wal)));
                untilTheNextLook(wal, capture, records);

                // When
                wal.write(Statement.on(
                        0,
                        "CREATE TABLE young (id int PRIMARY KEY, v text)",
                        alteration,
                        "INSERT INTO young (id) VALUES (1)",
                        "INSERT INTO orders VALUES (2000, 'last')"));
                capture.until(records, () -> rows(records).equals(expected(wal)));
                capture.commit(records.get(records.size() - 1));
            }

            // Then: a restart does not read it either
            wal.write(Statement.on(0, "INSERT INTO orders VALUES (2001, 'last')"));
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets)) {
                capture.until(records, () -> rows(records).equals(expected(wal)) && isComplete(records));
            }
            assertThat(operations(records, "young")).containsExactly("c");
        }
    }

    /** The table is found before its first change arrives. */
    @Test
    void aTableIsNotReadOnceItTurnsOutThatItsChangesAreStreamed() throws Exception {
        try (Wal wal = orders()) {
            // Given
            Map<String, String> options = options(wal, "all_tables");
            options.put("table.include.list", "public.(orders|young|found)");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(records, () -> rows(records).equals(expected(wal)));
                untilTheNextLook(wal, capture, records);
                wal.write(Statement.on(
                        1,
                        "CREATE TABLE young (id int PRIMARY KEY, v text)",
                        "ALTER TABLE young OWNER TO pg_monitor",
                        "BEGIN",
                        "INSERT INTO young VALUES (1)"));
                int[] id = {2000};
                capture.until(records, () -> {
                    wal.write(Statement.on(0, "INSERT INTO orders VALUES (" + id[0]++ + ", 'while young waits')"));
                    return !isComplete(records);
                });

                // When
                wal.write(Statement.on(1, "COMMIT"));
                wal.write(Statement.on(0, "INSERT INTO orders VALUES (1000, 'last')"));

                // Then
                capture.until(records, () -> rows(records).equals(expected(wal)) && isComplete(records));
            }
            assertThat(operations(records, "young")).containsExactly("c");
        }
    }

    /** Only a look at the tables finds one without a change. */
    private static void untilTheNextLook(Wal wal, Capture capture, List<SourceRecord> records) {
        wal.write(Statement.on(
                0,
                "CREATE UNLOGGED TABLE found (id int PRIMARY KEY, v text)",
                "INSERT INTO found VALUES (1, 'loaded')",
                "ALTER TABLE found SET LOGGED"));
        capture.until(records, record -> record.topic().endsWith(".found"));
    }

    private static boolean isComplete(List<SourceRecord> records) {
        return BackfillScenario.isComplete(records.get(records.size() - 1));
    }

    private static List<String> operations(List<SourceRecord> records, String table) {
        return records.stream()
                .filter(record -> record.topic().endsWith("." + table))
                .map(record -> ((Struct) record.value()).getString("op"))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTableThatWasNotPublishedForAWhileIsReadAgain(boolean running) throws Exception {
        try (Wal wal = orders()) {
            // Given
            wal.write(Statement.on(0, "CREATE TABLE other (id int PRIMARY KEY, v text)"));
            wal.write(Statement.on(0, "CREATE PUBLICATION of_ours FOR TABLE orders, other"));
            Map<String, String> options = options(wal, "disabled");
            options.put("table.include.list", "public.orders,public.other");
            MemoryOffsets offsets = new MemoryOffsets();
            List<SourceRecord> records = new ArrayList<>();
            Capture capture = Capture.start(Contender.TRIBUTARY, options, offsets);
            try {
                capture.until(records, () -> rows(records).equals(expected(wal)));
                wal.write(Statement.on(0, "INSERT INTO other VALUES (1, 'last')"));
                capture.until(records, record -> record.topic().endsWith(".other"));
                capture.commit(records.get(records.size() - 1));
                if (!running) {
                    capture.close();
                }

                // When
                wal.write(Statement.on(
                        0,
                        "ALTER PUBLICATION of_ours DROP TABLE orders",
                        "UPDATE orders SET v = 'unseen' WHERE id < 20",
                        "INSERT INTO orders VALUES (3000, 'unseen')",
                        "ALTER PUBLICATION of_ours ADD TABLE orders"));
                if (!running) {
                    capture = Capture.start(Contender.TRIBUTARY, options, offsets);
                }

                // Then
                capture.until(records, () -> rows(records).equals(expected(wal)));
            } finally {
                capture.close();
            }
        }
    }

    /** The table is away for so long that the connector looks in between, and comes back as it was. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTableThatWasAwayForALongTimeIsReadAgain(boolean replaced) throws Exception {
        try (Wal wal = orders()) {
            // Given
            wal.write(Statement.on(0, "CREATE PUBLICATION of_ours FOR TABLE orders"));
            Map<String, String> options = options(wal, "disabled");
            options.put("table.include.list", "public.(orders|found)");
            List<SourceRecord> records = new ArrayList<>();
            try (Capture capture = Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets())) {
                capture.until(records, () -> rows(records).equals(expected(wal)));

                // When
                wal.write(Statement.on(
                        0,
                        "BEGIN",
                        "ALTER TABLE orders RENAME TO away",
                        replaced ? "CREATE TABLE orders (LIKE away INCLUDING ALL)" : "SELECT 1",
                        "COMMIT",
                        "UPDATE away SET v = 'unseen' WHERE id < 20",
                        "CREATE TABLE found (id int PRIMARY KEY, v text)",
                        "INSERT INTO found VALUES (1, 'loaded')",
                        "ALTER PUBLICATION of_ours ADD TABLE found"));
                capture.until(records, record -> record.topic().endsWith(".found"));
                wal.write(Statement.on(
                        0,
                        "BEGIN",
                        replaced ? "DROP TABLE orders" : "SELECT 1",
                        "ALTER TABLE away RENAME TO orders",
                        "COMMIT",
                        "INSERT INTO orders VALUES (2000, 'last')"));

                // Then
                capture.until(records, () -> rows(records).equals(expected(wal)));
            }
        }
    }

    private static Wal orders() {
        return Wal.after(
                server,
                "CREATE TABLE orders (id int PRIMARY KEY, v text)",
                "INSERT INTO orders SELECT i, 'first' FROM generate_series(1, 50) AS i");
    }

    private static Map<String, String> options(Wal wal, String mode) {
        Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, wal.unusedSlot(), Map.of()));
        options.put("snapshot.mode", "initial");
        options.put("table.include.list", "public.orders");
        options.put("internal.tables.look.ms", "50");
        options.put("publication.name", "of_ours");
        options.put("publication.autocreate.mode", mode);
        return options;
    }

    private static Map<Integer, String> expected(Wal wal) {
        Map<Integer, String> rows = new TreeMap<>();
        for (String row :
                wal.ask("SELECT string_agg(id || ' ' || v, ',') FROM orders").split(",", -1)) {
            rows.put(Integer.valueOf(row.substring(0, row.indexOf(' '))), row.substring(row.indexOf(' ') + 1));
        }
        return rows;
    }

    /** The table as its topic has it. */
    private static Map<Integer, String> rows(List<SourceRecord> records) {
        Map<Integer, String> rows = new TreeMap<>();
        for (SourceRecord record : records) {
            if (record.topic().endsWith(".orders") && record.value() instanceof Struct value) {
                int id = ((Struct) record.key()).getInt32("id");
                Struct after = value.getStruct("after");
                if (after == null) {
                    rows.remove(id);
                } else {
                    rows.put(id, after.getString("v"));
                }
            }
        }
        return rows;
    }
}
