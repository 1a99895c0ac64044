// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tributary.postgres.PostgresServer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rows that Debezium's snapshot gets wrong, or cannot read, and ours reads. Each test checks both sides. */
class SnapshotErrorsOracleIT {

    private static final String PUBLICATION = "CREATE PUBLICATION everything FOR ALL TABLES";

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
    void aTableWithoutColumnsStopsDebezium() throws Exception {
        // Given
        try (Wal wal = Wal.after(
                server, "CREATE TABLE no_columns ()", "CREATE TABLE rows (id int PRIMARY KEY)", PUBLICATION)) {
            wal.write(Statement.on(0, "INSERT INTO no_columns DEFAULT VALUES", "INSERT INTO rows VALUES (1)"));

            // Then
            assertThatThrownBy(() -> wal.snapshot(Contender.DEBEZIUM, Map.of()))
                    .hasRootCauseInstanceOf(NullPointerException.class);
            assertThat(read(wal, Contender.TRIBUTARY, Map.of()))
                    .extracting(SourceRecord::topic)
                    .containsExactly("oracle.public.rows");
        }
    }

    @Test
    void aCursorNameStopsDebezium() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, "CREATE TABLE cursors (id int PRIMARY KEY, c refcursor)", PUBLICATION)) {
            wal.write(Statement.on(0, "INSERT INTO cursors VALUES (1, 'portal')"));

            // Then
            assertThatThrownBy(() -> wal.snapshot(Contender.DEBEZIUM, Map.of()))
                    .hasRootCauseMessage("ERROR: cursor \"portal\" does not exist");
            assertThat(read(wal, Contender.TRIBUTARY, Map.of())).hasSize(1);
        }
    }

    @Test
    void aSelectWithoutTheLastColumnStopsDebezium() throws Exception {
        // Given
        Map<String, String> override = Map.of(
                "snapshot.select.statement.overrides",
                "public.three",
                "snapshot.select.statement.overrides.public.three",
                "SELECT b, id FROM three");
        try (Wal wal = Wal.after(server, "CREATE TABLE three (id int PRIMARY KEY, b int, c int)", PUBLICATION)) {
            wal.write(Statement.on(0, "INSERT INTO three VALUES (1, 2, 3)"));

            // Then
            assertThatThrownBy(() -> wal.snapshot(Contender.DEBEZIUM, override))
                    .rootCause()
                    .hasMessageStartingWith("Data row is smaller than a column index");
            Struct row = after(read(wal, Contender.TRIBUTARY, override));
            assertThat(row.getInt32("b")).isEqualTo(2);
            assertThat(row.getInt32("c")).isNull();
        }
    }

    /** The constraint is for new rows only. */
    @Test
    void debeziumInventsAValueForANullOfAColumnWhoseConstraintNobodyHasValidated() throws Exception {
        assumeTrue(ServerVersion.MAJOR >= 18, "such constraints exist since Postgres 18");
        try (Wal wal = Wal.after(server, "CREATE TABLE rows (id int PRIMARY KEY, a int)", PUBLICATION)) {
            // Given
            wal.write(Statement.on(
                    0, "INSERT INTO rows VALUES (1)", "ALTER TABLE rows ADD CONSTRAINT c NOT NULL a NOT VALID"));

            // Then
            assertThat(after(read(wal, Contender.DEBEZIUM, Map.of()))).hasToString("Struct{id=1,a=0}");
            assertThat(after(read(wal, Contender.TRIBUTARY, Map.of()))).hasToString("Struct{id=1}");
            assertThat(after(read(wal, Contender.FALLBACK, Map.of()))).hasToString("Struct{id=1}");

            // When
            wal.write(Statement.on(0, "UPDATE rows SET a = 2", "ALTER TABLE rows VALIDATE CONSTRAINT c"));

            // Then
            Struct row = after(read(wal, Contender.TRIBUTARY, Map.of()));
            assertThat(row.schema().field("a").schema().isOptional()).isFalse();
        }
    }

    private static Struct after(List<SourceRecord> records) {
        return ((Struct) records.get(0).value()).getStruct("after");
    }

    @Test
    void aConverterReceivesOtherObjectsThanFromTheStream() throws Exception {
        // Given
        Map<String, String> shouting = Map.of("converters", "shout", "shout.type", ShoutingConverter.class.getName());
        try (Wal wal = Wal.after(server, "CREATE TABLE times (id int PRIMARY KEY, t timestamptz)", PUBLICATION)) {
            wal.write(Statement.on(0, "INSERT INTO times VALUES (1, '2026-11-21 10:23:00.123+00')"));
            Mark mark = wal.mark();
            Object streamed = time(wal.read(Contender.DEBEZIUM, shouting, mark));

            // Then
            assertThat(streamed.toString()).startsWith("OffsetDateTime");
            assertThat(time(read(wal, Contender.DEBEZIUM, shouting)).toString()).startsWith("String");
            assertThat(time(read(wal, Contender.TRIBUTARY, shouting))).isEqualTo(streamed);
        }
    }

    private static Object time(List<SourceRecord> records) {
        return ((Struct) records.stream()
                        .filter(record -> record.topic().endsWith(".times"))
                        .findFirst()
                        .orElseThrow()
                        .value())
                .getStruct("after")
                .get("t");
    }

    /** A snapshot of the tables of a test. */
    private static List<SourceRecord> read(Wal wal, Contender contender, Map<String, String> options) {
        return wal.snapshot(contender, options).stream()
                .filter(record -> !record.topic().endsWith(".beginning"))
                .toList();
    }

    @Test
    void datesBeforeTheGregorianCalendarAndInfiniteDatesAreTheSameAsInTheStream() throws Exception {
        // Given
        try (Wal wal = Wal.after(server, "CREATE TABLE dates (id int PRIMARY KEY, d date)", PUBLICATION)) {
            wal.write(Statement.on(
                    0,
                    "INSERT INTO dates VALUES (1, '0044-03-15 BC'), (2, 'infinity'), (3, '-infinity'),"
                            + " (4, '1582-10-10')"));
            Mark mark = wal.mark();
            List<Object> streamed = days(wal.read(Contender.DEBEZIUM, Map.of(), mark));
            Object ides = Math.toIntExact(LocalDate.of(-43, 3, 15).toEpochDay());

            // Then
            assertThat(streamed).startsWith(ides, 2_146_033_979, -2_147_472_691);
            assertThat(days(wal.snapshot(Contender.TRIBUTARY, Map.of()))).isEqualTo(streamed);
            assertThat(days(wal.snapshot(Contender.DEBEZIUM, Map.of()))).doesNotContainAnyElementsOf(streamed);
        }
    }

    private static List<Object> days(List<SourceRecord> records) {
        return records.stream()
                .filter(record -> record.topic().equals("oracle.public.dates"))
                .map(record -> ((Struct) record.value()).getStruct("after").get("d"))
                .toList();
    }
}
