// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.EnumSource.Mode.EXCLUDE;

import dev.tributary.postgres.PostgresServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Snapshots that a signal asks for, of tables whose keys have every type that can be one. */
class SignalledKeysIT {

    private static final int ROWS = 250;

    /** Types, and keys made from the number of a row. */
    private static final Map<String, String> KEYS = new TreeMap<>(Map.ofEntries(
            Map.entry("smallint", "i"),
            Map.entry("bigint", "i * 10000000000"),
            Map.entry("numeric", "i + 0.125"),
            Map.entry("numeric(20,4)", "i + 0.0001"),
            Map.entry("real", "i + 0.5"),
            Map.entry("double precision", "CASE WHEN i > 95 THEN 'Infinity' ELSE i / 3.0 END"),
            Map.entry("money", "(i + 0.25)::numeric::money"),
            Map.entry("some_text", "i::text"),
            Map.entry("varchar(20)", "'k''' || i"),
            Map.entry("char(20)", "'k' || i"),
            Map.entry("name", "'k' || i"),
            Map.entry("uuid", "md5(i::text)::uuid"),
            Map.entry("bytea", "decode(md5(i::text), 'hex')"),
            Map.entry(
                    "date",
                    "CASE WHEN i < 120 THEN date '-infinity' WHEN i < 130 THEN '2026-01-01' ELSE 'infinity' END"),
            Map.entry("old_date", "date '0044-03-15 BC' + i"),
            Map.entry("time", "time '00:00' + i * interval '1.000001 s'"),
            Map.entry("time with time zone", "timetz '00:00+02' + i * interval '1.000001 s'"),
            Map.entry("timestamp", "timestamp '1999-12-31 23:59' + i * interval '1.000001 s'"),
            Map.entry("timestamptz", "timestamptz '1999-12-31 23:59+05:30' + i * interval '1.000001 s'"),
            Map.entry("interval", "i * interval '1 day 00:00:00.5'"),
            Map.entry("inet", "('10.0.0.0'::inet + i)"),
            Map.entry("cidr", "('10.0.0.0'::inet + i)::cidr"),
            Map.entry("macaddr", "('08:00:2b:01:02:' || lpad(to_hex(i), 2, '0'))::macaddr"),
            Map.entry("bit(16)", "i::bit(16)"),
            Map.entry("bit varying(16)", "i::bit(16)::varbit"),
            Map.entry("int4range", "int4range(i, i + 3)"),
            Map.entry("jsonb", "to_jsonb(i)"),
            Map.entry("oid", "i::oid"),
            Map.entry("mood", "(ARRAY['a','b','c'])[i % 3 + 1]::mood"),
            Map.entry("positive", "i::int::positive")));

    private static PostgresServer server;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void aTableIsReadWholeWhateverTheTypeOfItsKey(Watermarks watermarks) throws Exception {
        // Given
        List<String> tables = new ArrayList<>();
        try (Wal wal = Wal.after(server, preparations(tables));
                Capture capture = capture(wal, watermarks)) {
            Ticks ticks = Ticks.start(wal, capture);

            // When
            signal(wal, watermarks, "", tables);
            signal(wal, watermarks, "", List.of("zz_last"));
            ticks.until(() -> rows(ticks.records(), "zz_last") == ROWS);

            // Then
            assertThat(tables)
                    .allSatisfy(table ->
                            assertThat(rows(ticks.records(), table)).as(table).isEqualTo(ROWS));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EXCLUDE, names = "INSERT_DELETE")
    void aTableThatCannotBeReadIsSkippedAndTheNextSignalIsCarriedOut(Watermarks watermarks) throws Exception {
        // Given
        try (Wal wal = Wal.after(
                        server,
                        "CREATE TABLE signals (id text PRIMARY KEY, type text, data text)",
                        "CREATE PUBLICATION everything FOR ALL TABLES",
                        "CREATE TABLE a_broken (k int[] PRIMARY KEY, v text)",
                        "INSERT INTO a_broken SELECT ARRAY[i], 'v' || i FROM generate_series(1, 250) AS i",
                        "CREATE TABLE a_unknown (k pg_lsn PRIMARY KEY, v text)",
                        "INSERT INTO a_unknown SELECT '0/0'::pg_lsn + i, 'v' || i FROM generate_series(1, 250) AS i",
                        "CREATE TABLE a_value (k numeric PRIMARY KEY, v text)",
                        "INSERT INTO a_value SELECT i, 'v' || i FROM generate_series(1, 50) AS i",
                        "INSERT INTO a_value VALUES ('NaN', 'v51')",
                        "CREATE TABLE b_generated (k int PRIMARY KEY, v text, g int GENERATED ALWAYS AS (k * 2) STORED)",
                        "INSERT INTO b_generated SELECT i, 'v' || i FROM generate_series(1, 250) AS i",
                        "CREATE TABLE c_next (k int PRIMARY KEY, v text)",
                        "INSERT INTO c_next SELECT i, 'v' || i FROM generate_series(1, 250) AS i",
                        "CREATE TABLE zz_last (k int PRIMARY KEY, v text)",
                        "INSERT INTO zz_last SELECT i, 'v' || i FROM generate_series(1, 250) AS i");
                Capture capture = capture(wal, watermarks)) {
            Ticks ticks = Ticks.start(wal, capture);
            wal.write(Statement.on(0, "INSERT INTO b_generated VALUES (0, 'new')"));
            ticks.next(); // a change that arrives while its chunk is read would take the place of the row

            // When
            signal(wal, watermarks, ", \"surrogate-key\": \"nothing\"", List.of("zz_last"));
            signal(wal, watermarks, "", List.of("a_broken", "a_value", "a_unknown", "b_generated", "missing"));
            signal(
                    wal,
                    watermarks,
                    ", \"additional-conditions\": [{\"data-collection\": \"public.b_generated\", \"filter\": \"wrong = 1\"}]",
                    List.of("b_generated", "c_next"));
            signal(wal, watermarks, "", List.of("zz_last"));
            ticks.until(() -> rows(ticks.records(), "zz_last") == ROWS);

            // Then
            assertThat(rows(ticks.records(), "b_generated")).isEqualTo(ROWS + 1);
            assertThat(rows(ticks.records(), "c_next")).isEqualTo(ROWS);
            assertThat(rows(ticks.records(), "a_broken")).isZero();
            assertThat(rows(ticks.records(), "a_unknown")).isZero();
            assertThat(rows(ticks.records(), "a_value")).isZero();
        }
    }

    private void signal(Wal wal, Watermarks watermarks, String more, List<String> tables) {
        watermarks.signal(
                wal,
                directory,
                "execute-snapshot",
                "{\"type\": \"incremental\"" + more + ", \"data-collections\": [\"public."
                        + String.join("\", \"public.", tables) + "\"]}");
    }

    private static String[] preparations(List<String> tables) {
        List<String> sql = new ArrayList<>(List.of(
                "CREATE TABLE signals (id text PRIMARY KEY, type text, data text)",
                "CREATE TYPE mood AS ENUM ('a', 'b', 'c')",
                "CREATE DOMAIN positive AS int CHECK (VALUE >= 0)",
                "CREATE DOMAIN some_text AS text",
                "CREATE DOMAIN old_date AS date",
                "CREATE PUBLICATION everything FOR ALL TABLES"));
        KEYS.forEach((type, key) -> {
            String table = "k_" + type.replaceAll("[^a-z0-9]+", "_");
            tables.add(table);
            sql.add("CREATE TABLE " + table + " (k " + type + ", n int, v text, PRIMARY KEY (k, n))");
            sql.add("INSERT INTO " + table + " SELECT " + key + ", i, 'v' || i FROM generate_series(1, " + ROWS
                    + ") AS i");
        });
        sql.add("CREATE TABLE zz_last (k int PRIMARY KEY, v text)");
        sql.add("INSERT INTO zz_last SELECT i, 'v' || i FROM generate_series(1, " + ROWS + ") AS i");
        return sql.toArray(String[]::new);
    }

    private static long rows(List<SourceRecord> records, String table) {
        return records.stream()
                .filter(record -> record.topic().endsWith("." + table))
                .filter(record -> record.value() instanceof Struct value && "r".equals(value.getString("op")))
                .map(record -> ((Struct) record.value()).getStruct("after").get("v"))
                .distinct()
                .count();
    }

    private Capture capture(Wal wal, Watermarks watermarks) {
        return Capture.start(
                Contender.TRIBUTARY,
                wal.options(Contender.TRIBUTARY, wal.newSlot(), watermarks.options(directory)),
                new MemoryOffsets());
    }
}
