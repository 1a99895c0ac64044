// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.OneTable.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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

/**
 * Values that Debezium gets wrong and ours does not. Each line on values in the section on Debezium's errors in
 * docs/differences-from-debezium.md has a test of both sides here; for the other lines see
 * {@link DebeziumStreamErrorsOracleIT}, {@link EnumsOracleIT} and {@link SchemaChangesOracleIT}.
 */
class DebeziumErrorsOracleIT {

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
    void debeziumSendsIdentitiesAndNullsForAnArrayWithTwoDimensions() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a text[], b int[])")) {
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
    void debeziumLosesFractionsAndErasOfTimesInArrays() {
        try (Wal wal = OneTable.in(
                server,
                "CREATE TABLE t (id int PRIMARY KEY, a time[], b timetz[], c date[], d timestamp[],"
                        + " e timestamptz[], f date[], aa time, bb timetz, cc date, dd timestamp, ee timestamptz,"
                        + " ff date)")) {
            // Given
            wal.write(
                    Statement.on(
                            0,
                            "INSERT INTO t SELECT 1, ARRAY[s], ARRAY[s::timetz], ARRAY[d], ARRAY[d + s], ARRAY[(d + s)::timestamptz],"
                                    + " ARRAY['infinity'::date], s, s, d, d + s, d + s, 'infinity' FROM (SELECT '12:34:56.123456'::time s, '0044-03-15 BC'::date d)"));
            Mark end = wal.mark();

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, FAIL, end)).get(0);
            Struct actual = rows(wal.read(Contender.TRIBUTARY, FAIL, end)).get(0);

            // Then
            for (String column : List.of("a", "b", "c", "d", "e", "f")) {
                List<Object> alone = List.of(expected.get(column + column));
                boolean isTimetz = column.equals("b");
                assertThat(expected.getArray(column).equals(alone)).isEqualTo(isTimetz);
                assertThat(actual.getArray(column)).isEqualTo(alone);
            }
        }
    }

    @Test
    void debeziumCannotConvertNotANumberInAnArray() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a numeric[], aa numeric)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '{NaN}', 'NaN')"));
            Mark end = wal.mark();
            Map<String, String> texts = new HashMap<>(FAIL);
            texts.put("decimal.handling.mode", "string");

            // When
            Struct actual = rows(wal.read(Contender.TRIBUTARY, texts, end)).get(0);

            // Then
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, texts, end)).isInstanceOf(ConnectException.class);
            assertThat(actual.getArray("a")).isEqualTo(List.of(actual.get("aa")));
        }
    }

    @Test
    void debeziumHasTheSchemaOfOneBitStringForAnArray() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a bit(3)[], b bit[])")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '{101,NULL}', '{1,0,NULL}')"));
            Mark end = wal.mark();

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, Map.of(), end)).get(0);
            Struct actual = rows(wal.read(Contender.TRIBUTARY, FAIL, end)).get(0);

            // Then
            assertThat(expected.get("a")).isNull();
            assertThat((byte[]) actual.getArray("a").get(0)).containsExactly(5);
            assertThat(actual.getArray("a").get(1)).isNull();
            assertThat(actual.getArray("b")).isEqualTo(Arrays.asList(true, false, null));
        }
    }

    @Test
    void debeziumSendsNothingForVectors() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a int2vector, b oidvector)")) {
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
    void debeziumWrapsATimestampBeyondMicrosecondsAround() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a timestamp)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '294276-12-31 23:59:59.999999')"));
            Mark end = wal.mark();

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, FAIL, end)).get(0);

            // Then
            assertThat(expected.getInt64("a")).isNegative();
            assertThat(rows(wal.read(Contender.TRIBUTARY, Map.of(), end)).get(0).get("a"))
                    .isNull();
            assertThatThrownBy(() -> wal.read(Contender.TRIBUTARY, FAIL, end)).hasMessageContaining("public.t.a");
            assertThatThrownBy(() -> wal.snapshot(Contender.TRIBUTARY, FAIL)).hasMessageContaining("public.t.a");
        }
    }

    @Test
    void debeziumSendsNullForATimestampBeyondNanoseconds() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a timestamp, b timestamp[])")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '2300-01-01 00:00:00', '{1969-12-31 23:59:59}')"));
            Mark end = wal.mark();
            Map<String, String> nanos = new HashMap<>(FAIL);
            nanos.put("time.precision.mode", "nanoseconds");

            // Then
            assertThat(rows(wal.read(Contender.DEBEZIUM, nanos, end)).get(0).get("a"))
                    .isNull();
            assertThatThrownBy(() -> wal.read(Contender.TRIBUTARY, nanos, end)).hasMessageContaining("public.t.a");
        }
    }

    @Test
    void debeziumSendsTheBeginningOfTheDayForItsEnd() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a time, b time[], c timetz)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '24:00', '{24:00}', '24:00+00')"));
            Mark end = wal.mark();
            Map<String, String> iso = new HashMap<>(FAIL);
            iso.put("time.precision.mode", "isostring");

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, iso, end)).get(0);
            Struct actual = rows(wal.read(Contender.TRIBUTARY, iso, end)).get(0);

            // Then
            assertThat(expected.get("a")).isEqualTo("00:00:00Z");
            assertThat(expected.get("c")).isEqualTo("24:00:00Z");
            assertThat(actual.get("a")).isEqualTo("24:00:00Z");
            assertThat(actual.getArray("b")).isEqualTo(List.of("24:00:00Z"));
            assertThat(rows(wal.snapshot(Contender.TRIBUTARY, iso))).containsExactly(actual);
        }
    }

    @Test
    void theEndOfTheDayIsAlikeInOtherForms() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a time, b time(3), c timetz)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '24:00', '24:00', '24:00+00')"));
            Mark end = wal.mark();

            // Then
            for (String mode : List.of("adaptive", "adaptive_time_microseconds", "microseconds", "nanoseconds")) {
                wal.readTwice(Mode.of(mode, "time.precision.mode", mode), end).assertSame(mode);
            }
        }
    }

    @Test
    void debeziumTakesPartOfAnExpressionForADefault() {
        try (Wal wal = OneTable.in(
                server,
                "CREATE TYPE mood AS ENUM ('it''s ok')",
                "CREATE TABLE t (id int PRIMARY KEY, a text DEFAULT 'a' || 'b', b mood DEFAULT 'it''s ok')")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1)"));
            Mark end = wal.mark();

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, FAIL, end)).get(0);
            Struct actual = rows(wal.read(Contender.TRIBUTARY, FAIL, end)).get(0);

            // Then
            assertThat(expected.schema().field("a").schema().defaultValue()).isEqualTo("a");
            assertThat(expected.schema().field("b").schema().defaultValue()).isEqualTo("it''s ok");
            assertThat(actual.schema().field("a").schema().defaultValue()).isNull();
            assertThat(actual.schema().field("b").schema().defaultValue()).isEqualTo("it's ok");
        }
    }

    @Test
    void debeziumCannotConvertATimeWhoseZoneHasSeconds() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a timetz)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '12:00:00.5+05:30:15')"));
            Mark end = wal.mark();

            // When
            Struct expected = rows(wal.read(Contender.DEBEZIUM, Map.of(), end)).get(0);
            Struct actual = rows(wal.read(Contender.TRIBUTARY, FAIL, end)).get(0);

            // Then
            assertThat(actual.get("a")).isEqualTo("06:29:45.5Z");
            assertThat(expected.get("a")).isNull();
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, FAIL, end)).isInstanceOf(ConnectException.class);
        }
    }

    @Test
    void debeziumCannotConvertTheEndOfTheDayToAStruct() {
        try (Wal wal =
                OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a time(3), b timetz, c time, d time(0))")) {
            // Given
            Map<String, String> structured = Map.of("time.precision.mode", "structured");
            wal.write(Statement.on(
                    0, "INSERT INTO t VALUES (1, '23:59:59.9999', '24:00:00+00', '12:34:56.123456', '23:59:59.4')"));
            Mark end = wal.mark();

            // When
            Struct expected =
                    rows(wal.read(Contender.DEBEZIUM, structured, end)).get(0);
            Struct actual = rows(wal.read(Contender.TRIBUTARY, structured, end)).get(0);

            // Then
            assertThat(actual.getStruct("a").getInt8("hour")).isEqualTo((byte) 24);
            assertThat(actual.getStruct("a").getInt8("minute")).isZero();
            assertThat(expected.getStruct("a")).isNull();
            assertThat(expected.getStruct("b").getInt8("hour")).isEqualTo((byte) 24);
            for (String column : List.of("b", "c", "d")) {
                assertThat(actual.getStruct(column)).isEqualTo(expected.getStruct(column));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"infinity", "178000000 years", "-2147483648 days"})
    void debeziumSendsAnotherIntervalForOneThatIsTooLong(String interval) {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a interval)")) {
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
    void anIntervalOfTooManyHoursMakesDebeziumRetryForever() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a interval)")) {
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
    void withTheOutputFormatsOfTheDatabaseDebeziumReadsOtherValues() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY, a interval, b bytea, c float8)")) {
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
        try (Wal wal = OneTable.in(
                server,
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
                capture.until(records, OneTable::isOf);
                read = rows(records).get(0);
            }

            // Then
            assertThat(read.toString()).isEqualTo(streamed.toString());
            assertThat(read.getArray("b")).containsExactly(45_296_123_456L, null);
        }
    }
}
