// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.OneTable.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import io.debezium.data.Enum;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Enums, whose labels are part of the schema and can be added while the connector runs. */
class EnumsOracleIT {

    private static final Mode DEFAULTS = Mode.of("defaults");

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
    void aDomainOverAnEnumIsSentAsTheEnum() {
        try (Wal wal = OneTable.in(
                server,
                "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                "CREATE DOMAIN feeling AS mood",
                "CREATE DOMAIN deep_feeling AS feeling",
                "CREATE TABLE t (id int PRIMARY KEY, a feeling DEFAULT 'ok', b deep_feeling, c mood, d mood[])")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, 'sad', 'ok', 'ok', '{ok}')"));
            Mark end = wal.mark();

            // When
            Readings readings = wal.readTwice(DEFAULTS, end);

            // Then
            readings.assertSame("a domain over an enum");
            Struct row = rows(readings.actual()).get(0);
            assertThat(List.of(row.get("a"), row.get("b"), row.get("c"), row.get("d")))
                    .isEqualTo(List.of("sad", "ok", "ok", List.of("ok")));
            assertThat(row.schema().field("b").schema().parameters()).containsEntry(Enum.VALUES_FIELD, "sad,ok");
        }
    }

    @Test
    void theFirstRowWithANewLabelHasItInTheSchema() {
        try (Wal wal = moods();
                Capture debezium = wal.start(Contender.DEBEZIUM, DEFAULTS);
                Capture tributary = wal.start(Contender.TRIBUTARY, DEFAULTS)) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, 'sad')"));
            Mark before = wal.mark();
            List<SourceRecord> expected = new ArrayList<>(debezium.until(before));
            List<SourceRecord> actual = new ArrayList<>(tributary.until(before));

            // When
            wal.write(Statement.on(
                    0,
                    "ALTER TYPE mood ADD VALUE 'ok'",
                    "INSERT INTO t VALUES (2, 'sad')",
                    "INSERT INTO t VALUES (3, 'ok')",
                    "INSERT INTO t VALUES (4, 'sad')"));
            Mark end = wal.mark();
            expected.addAll(debezium.until(end));
            actual.addAll(tributary.until(end));

            // Then
            new Readings(expected, actual).assertSame("a new label");
            assertThat(rows(actual)).extracting(EnumsOracleIT::labels).endsWith("sad", "sad,ok", "sad,ok");
        }
    }

    /** Debezium reads the table from the catalog when it finds a label that it does not know. */
    @Test
    void debeziumSendsARowWithANewLabelWithColumnsThatWereAddedLater() {
        try (Wal wal = moods();
                Capture debezium = wal.start(Contender.DEBEZIUM, DEFAULTS);
                Capture tributary = wal.start(Contender.TRIBUTARY, DEFAULTS)) {
            // Given
            Mark start = wal.mark();
            debezium.until(start);
            tributary.until(start);

            // When
            wal.write(Statement.on(0, "ALTER TYPE mood ADD VALUE 'ok'"));
            insertAndAddColumn(wal, "1, 'ok'");
            Mark end = wal.mark();
            Struct expected = rows(debezium.until(end)).get(0);
            Struct actual = rows(tributary.until(end)).get(0);

            // Then
            assertThat(expected.schema().field("later")).isNotNull();
            assertThat(actual.schema().field("later")).isNull();
            assertThat(labels(actual)).isEqualTo("sad,ok");
        }
    }

    /** It knows no labels of such a domain. */
    @Test
    void debeziumSendsARowWithADomainOverAnEnumWithColumnsThatWereAddedLater() {
        try (Wal wal = OneTable.in(
                server,
                "CREATE TYPE mood AS ENUM ('sad')",
                "CREATE DOMAIN feeling AS mood",
                "CREATE TABLE t (id int PRIMARY KEY, a feeling)")) {
            // Given
            insertAndAddColumn(wal, "1, 'sad'");
            Mark end = wal.mark();

            // When
            Readings readings = wal.readTwice(DEFAULTS, end);

            // Then
            assertThat(rows(readings.expected()).get(0).schema().field("later")).isNotNull();
            assertThat(rows(readings.actual()).get(0).schema().field("later")).isNull();
        }
    }

    /** If the column is filtered out, it confuses the two. */
    @Test
    void debeziumSendsARowWithAnEnumThatHasATwinWithColumnsThatWereAddedLater() {
        try (Wal wal = OneTable.in(
                server,
                "CREATE SCHEMA other",
                "CREATE TYPE mood AS ENUM ('sad')",
                "CREATE TYPE other.mood AS ENUM ('red')",
                "CREATE TABLE t (id int PRIMARY KEY, a other.mood)")) {
            // Given
            insertAndAddColumn(wal, "1, 'red'");
            Mark end = wal.mark();

            // When
            Readings readings = wal.readTwice(Mode.of("no moods", "column.exclude.list", "public.t.a"), end);

            // Then
            assertThat(rows(readings.expected()).get(0).schema().field("later")).isNotNull();
            assertThat(rows(readings.actual()).get(0).schema().field("later")).isNull();
        }
    }

    /** When the row is decoded, the catalog has a column that the row was written without. */
    private static void insertAndAddColumn(Wal wal, String values) {
        wal.write(Statement.on(
                0, "BEGIN", "INSERT INTO t VALUES (" + values + ")", "ALTER TABLE t ADD later int", "COMMIT"));
    }

    private static Wal moods() {
        return OneTable.in(server, "CREATE TYPE mood AS ENUM ('sad')", "CREATE TABLE t (id int PRIMARY KEY, a mood)");
    }

    private static @Nullable String labels(Struct row) {
        return row.schema().field("a").schema().parameters().get(Enum.VALUES_FIELD);
    }
}
