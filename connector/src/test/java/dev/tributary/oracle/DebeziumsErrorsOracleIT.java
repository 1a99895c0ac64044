// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import io.debezium.data.Enum;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Debezium is wrong, and ours is not: both sides of each line of that section in the list of differences. */
class DebeziumsErrorsOracleIT {

    private static final Map<String, String> FAIL = Map.of("event.converting.failure.handling.mode", "fail");

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
    void withADomainOverAnEnumDebeziumDoesNotStart() {
        try (Wal wal = with(
                "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                "CREATE DOMAIN feeling AS mood",
                "CREATE DOMAIN deep_feeling AS feeling",
                "CREATE TABLE t (id int PRIMARY KEY, a feeling DEFAULT 'ok', b deep_feeling, c mood, d mood[])")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, 'sad', 'ok', 'ok', '{ok}')"));
            Mark end = wal.mark();

            // When
            Struct row = rows(wal.read(Contender.TRIBUTARY, Map.of(), end)).get(0);

            // Then
            assertThat(List.of(row.get("a"), row.get("b"), row.get("c"), row.get("d")))
                    .isEqualTo(List.of("sad", "ok", "ok", List.of("ok")));
            assertThat(row.schema().field("b").schema().parameters()).containsEntry(Enum.VALUES_FIELD, "sad,ok");
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, Map.of(), end))
                    .isInstanceOf(NullPointerException.class);
        }
    }

    @Test
    void ofAnArrayWithTwoDimensionsDebeziumSendsIdentitiesAndNulls() {
        try (Wal wal = with("CREATE TABLE t (id int PRIMARY KEY, a text[], b int[])")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '{{a,b},{c,d}}', '{{1,2},{3,4}}')"));
            Mark end = wal.mark();

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, FAIL, end)).get(0);
            Struct actual = rows(wal.read(Contender.TRIBUTARY, Map.of(), end)).get(0);

            // Then
            assertThat(expected.get("a").toString()).contains("[Ljava.lang.String;@");
            assertThat(expected.get("b").toString()).isEqualTo("[null, null]");
            assertThat(actual.get("a")).isNull();
            assertThat(actual.get("b")).isNull();
            assertThatThrownBy(() -> wal.read(Contender.TRIBUTARY, FAIL, end))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("public.t.a");
        }
    }

    @Test
    void ofTimesInArraysDebeziumLosesFractionsAndAges() {
        try (Wal wal = with("CREATE TABLE t (id int PRIMARY KEY, a time[], b timetz[], c date[], d timestamp[],"
                + " e timestamptz[], aa time, bb timetz, cc date, dd timestamp, ee timestamptz)")) {
            // Given
            wal.write(
                    Statement.on(
                            0,
                            "INSERT INTO t SELECT 1, ARRAY[s], ARRAY[s::timetz], ARRAY[d], ARRAY[d + s], ARRAY[(d + s)::timestamptz],"
                                    + " s, s, d, d + s, d + s FROM (SELECT '12:34:56.123456'::time s, '0044-03-15 BC'::date d)"));
            Mark end = wal.mark();

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, FAIL, end)).get(0);
            Struct actual = rows(wal.read(Contender.TRIBUTARY, FAIL, end)).get(0);

            // Then
            for (String column : List.of("a", "b", "c", "d", "e")) {
                Object alone = expected.get(column + column);
                assertThat(expected.getArray(column)).isNotEqualTo(List.of(alone));
                assertThat(actual.getArray(column)).isEqualTo(List.of(alone));
            }
        }
    }

    @Test
    void ofVectorsDebeziumSendsNothing() {
        try (Wal wal = with("CREATE TABLE t (id int PRIMARY KEY, a int2vector, b oidvector)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '1 -2', '3 4294967295')"));
            Mark end = wal.mark();

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, FAIL, end)).get(0);
            Struct actual = rows(wal.read(Contender.TRIBUTARY, FAIL, end)).get(0);

            // Then
            assertThat(expected.getArray("a")).isEmpty();
            assertThat(actual.getArray("a")).isEqualTo(List.of((short) 1, (short) -2));
            assertThat(actual.getArray("b")).isEqualTo(List.of(3L, 4294967295L));
        }
    }

    @Test
    void aZoneWithSecondsStopsDebezium() {
        try (Wal wal = with("CREATE TABLE t (id int PRIMARY KEY, a timetz)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '12:00:00.5+05:30:15')"));
            Mark end = wal.mark();

            // When
            Struct row = rows(wal.read(Contender.TRIBUTARY, FAIL, end)).get(0);

            // Then
            assertThat(row.get("a")).isEqualTo("06:29:45.5Z");
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, Map.of(), end))
                    .isInstanceOf(ConnectException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"infinity", "178000000 years", "-2147483648 days"})
    void ofAnIntervalThatIsTooLongDebeziumSendsAnother(String interval) {
        try (Wal wal = with("CREATE TABLE t (id int PRIMARY KEY, a interval)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '" + interval + "')"));
            Mark end = wal.mark();

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, FAIL, end)).get(0);

            // Then
            assertThat(expected.getInt64("a")).isIn(0L, Long.MAX_VALUE, Long.MIN_VALUE);
            assertNotConverted(wal, end);
        }
    }

    @Test
    void anIntervalOfTooManyHoursHasDebeziumRetryForEver() {
        try (Wal wal = with("CREATE TABLE t (id int PRIMARY KEY, a interval)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '2562047788:00:54.775807')"));
            Mark end = wal.mark();

            // Then
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, Map.of(), end))
                    .hasMessageContaining("This connector will be restarted");
            assertNotConverted(wal, end);
        }
    }

    private static void assertNotConverted(Wal wal, Mark end) {
        assertThat(rows(wal.read(Contender.TRIBUTARY, Map.of(), end)).get(0).get("a"))
                .isNull();
        assertThatThrownBy(() -> wal.read(Contender.TRIBUTARY, FAIL, end))
                .isInstanceOf(ConnectException.class)
                .hasMessageContaining("public.t.a");
    }

    @Test
    void aTableWhoseNameBeginsWithAQuoteStopsDebezium() {
        try (Wal wal = with("CREATE TABLE \"\"\"t\" (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO \"\"\"t\" VALUES (1)"));
            Mark end = wal.mark();

            // Then
            assertThat(rows(wal.read(Contender.TRIBUTARY, Map.of(), end))).hasSize(1);
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, Map.of(), end))
                    .hasRootCauseInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void ofATableWhoseNameBeginsAndEndsWithAQuoteDebeziumLosesAllChanges() {
        try (Wal wal = with("CREATE TABLE \"\"\"t\"\"\" (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO \"\"\"t\"\"\" VALUES (1)"));
            Mark end = wal.mark();

            // Then
            assertThat(rows(wal.read(Contender.TRIBUTARY, Map.of(), end))).hasSize(1);
            assertThat(rows(wal.read(Contender.DEBEZIUM, Map.of(), end))).isEmpty();
        }
    }

    /** What of it is in a subtransaction is marked as streamed when the server drops the rest to save memory. */
    @Test
    void aLargeTransactionThatIsRolledBackStopsDebezium() {
        try (Wal wal = with("CREATE TABLE t (id int PRIMARY KEY, a text)").spilling()) {
            // Given
            wal.write(Statement.on(
                    0,
                    "BEGIN",
                    "SAVEPOINT s",
                    "INSERT INTO t VALUES (0, 'not kept')",
                    "RELEASE s",
                    "INSERT INTO t SELECT i, repeat('x', 100) FROM generate_series(1, 5000) i",
                    "ROLLBACK",
                    "INSERT INTO t VALUES (1, 'kept')"));
            Mark end = wal.mark();

            // Then
            assertThat(rows(wal.read(Contender.TRIBUTARY, Map.of(), end))).hasSize(1);
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, Map.of(), end))
                    .hasRootCauseMessage("Unsupported message type: A");
        }
    }

    @Test
    void messagesOfATransactionAreCountedByDebeziumUnderTheIdentityOfAnObject() {
        try (Wal wal = with("CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(
                    0,
                    "BEGIN",
                    "SELECT pg_logical_emit_message(true, 'p', 'one')",
                    "INSERT INTO t VALUES (1)",
                    "SELECT pg_logical_emit_message(true, 'p', 'two')",
                    "COMMIT"));
            Mark end = wal.mark();
            Map<String, String> told = Map.of("provide.transaction.metadata", "true");

            // When
            List<SourceRecord> expected = wal.read(Contender.DEBEZIUM, told, end);
            List<SourceRecord> actual = wal.read(Contender.TRIBUTARY, told, end);

            // Then
            assertThat(counted(expected)).hasSize(3).anyMatch(name -> name.contains("LogicalDecodingMessageId@"));
            assertThat(counted(actual)).containsExactlyInAnyOrder("LOGICAL_DECODING_MESSAGE=2", "public.t=1");
            assertThat(actual.stream().map(record -> record.sourceOffset().toString()))
                    .anyMatch(offset -> offset.contains("_LOGICAL_DECODING_MESSAGE=2"))
                    .noneMatch(offset -> offset.contains("@"));
        }
    }

    /** What the end of the last transaction that wrote to a table or sent a message says. */
    private static List<String> counted(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().endsWith(".transaction"))
                .map(record -> (Struct) record.value())
                .filter(value -> value.getString("status").equals("END"))
                .reduce((before, last) -> last)
                .orElseThrow()
                .<Struct>getArray("data_collections")
                .stream()
                .map(each -> each.get("data_collection") + "=" + each.get("event_count"))
                .toList();
    }

    @Test
    void resumedAmongRecordsWithOneLsnDebeziumLosesTheRest() {
        try (Wal wal = with("CREATE TABLE t (id int PRIMARY KEY)")) {
            // Given
            wal.write(Statement.on(0, "COPY t FROM PROGRAM 'seq 1 10'"));
            Mark end = wal.mark();
            List<SourceRecord> copied = wal.read(Contender.DEBEZIUM, Map.of(), end).stream()
                    .filter(DebeziumsErrorsOracleIT::isOfTable)
                    .toList();
            SourceRecord third = copied.get(2);

            // When
            List<Struct> expected = rows(resume(Contender.DEBEZIUM, wal, third, end));
            List<Struct> actual = rows(resume(Contender.TRIBUTARY, wal, third, end));

            // Then
            assertThat(copied).allMatch(record -> lsn(record).equals(lsn(third)));
            assertThat(expected).isEmpty();
            assertThat(actual).extracting(row -> row.getInt32("id")).contains(4, 5, 6, 7, 8, 9, 10);
        }
    }

    private static String lsn(SourceRecord record) {
        return String.valueOf(record.sourceOffset().get("lsn"));
    }

    private static List<SourceRecord> resume(Contender contender, Wal wal, SourceRecord stored, Mark end) {
        MemoryOffsets offsets = new MemoryOffsets();
        offsets.store(stored);
        try (Capture capture = Capture.start(contender, wal.options(contender, wal.newSlot(), Map.of()), offsets)) {
            return capture.until(end);
        }
    }

    @Test
    void inTheNotationOfTheDatabaseDebeziumReadsOtherValues() {
        try (Wal wal = with("CREATE TABLE t (id int PRIMARY KEY, a interval, b bytea, c float8)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '-1 day -02:03:04', '\\xff00', 1.5)"));
            Mark end = wal.mark();
            Struct right = rows(wal.read(Contender.DEBEZIUM, FAIL, end)).get(0);
            wal.set("IntervalStyle = 'sql_standard'", "bytea_output = 'escape'", "extra_float_digits = -15");

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, FAIL, end)).get(0);
            Struct actual = rows(wal.read(Contender.TRIBUTARY, FAIL, end)).get(0);

            // Then
            for (String column : List.of("a", "b", "c")) {
                assertThat(expected.get(column)).isNotEqualTo(right.get(column));
                assertThat(actual.get(column)).isEqualTo(right.get(column));
            }
        }
    }

    @Test
    void aSnapshotReadsTheSameValuesAsTheStream() {
        try (Wal wal = with(
                "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                "CREATE DOMAIN feeling AS mood",
                "CREATE TABLE t (id int PRIMARY KEY, a feeling, b time[], c date[], d timestamptz[], e timetz, f interval,"
                        + " g int2vector, h int[], i bytea)")) {
            // Given
            wal.set("IntervalStyle = 'sql_standard'", "bytea_output = 'escape'", "extra_float_digits = -15");
            wal.write(
                    Statement.on(
                            0,
                            "INSERT INTO t VALUES (1, 'sad', '{12:34:56.123456,NULL}', '{0044-03-15 BC}',"
                                    + " '{1500-02-01 00:00:00.5+00}', '12:00:00+05:30:15', '1 day -02:03:04', '1 2', '{{1}}', '\\xff')"));
            Mark written = wal.mark();

            // When
            Struct streamed =
                    rows(wal.read(Contender.TRIBUTARY, Map.of(), written)).get(0);
            Struct read;
            try (Capture capture = wal.start(Contender.TRIBUTARY, Mode.of("snapshot", "snapshot.mode", "initial"))) {
                List<SourceRecord> records = new ArrayList<>();
                capture.until(records, DebeziumsErrorsOracleIT::isOfTable);
                read = rows(records).get(0);
            }

            // Then
            assertThat(read.toString()).isEqualTo(streamed.toString());
            assertThat(read.getArray("b")).containsExactly(45_296_123_456L, null);
        }
    }

    private static Wal with(String... tables) {
        List<String> sql = new ArrayList<>(List.of(tables));
        sql.add("CREATE PUBLICATION everything FOR ALL TABLES");
        return Wal.after(server, sql.toArray(String[]::new));
    }

    /** The new rows of the table. */
    private static List<Struct> rows(List<SourceRecord> records) {
        return records.stream()
                .filter(DebeziumsErrorsOracleIT::isOfTable)
                .map(record -> ((Struct) record.value()).getStruct("after"))
                .toList();
    }

    private static boolean isOfTable(SourceRecord record) {
        return record.topic().matches("oracle\\.public\\._?t_?");
    }
}
