// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.OneTable.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer;
import io.debezium.data.Enum;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Types that have the name of another type, and enums that the registry of types must not know in advance. */
class TypeNamesIT {

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
    void anEnumMayHaveTheNameOfADomainInAnotherSchema() {
        try (Wal wal = OneTable.in(
                server,
                "CREATE SCHEMA x",
                "CREATE TYPE x.status AS ENUM ('open', 'closed')",
                "CREATE DOMAIN public.status AS int",
                "CREATE TABLE x.t (id int PRIMARY KEY, a x.status NOT NULL DEFAULT 'closed', b public.status)",
                "CREATE TABLE public.t (id int PRIMARY KEY, a x.status NOT NULL DEFAULT 'closed', b public.status)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO x.t VALUES (1, 'open', 7)", "INSERT INTO t VALUES (1, 'open', 7)"));
            Mark end = wal.mark();

            // When
            List<SourceRecord> streamed = wal.read(Contender.TRIBUTARY, FAIL, end);
            List<SourceRecord> read = wal.snapshot(Contender.TRIBUTARY, FAIL);

            // Then
            for (String topic : List.of("oracle.x.t", "oracle.public.t")) {
                Struct row = row(streamed, topic);
                assertThat(row.get("a")).isEqualTo("open");
                assertThat(row.get("b")).isEqualTo(7);
                assertThat(row.schema().field("a").schema().name()).isEqualTo(Enum.LOGICAL_NAME);
                assertThat(row.schema().field("a").schema().defaultValue()).isEqualTo("closed");
                assertThat(row(read, topic)).isEqualTo(row);
            }
        }
    }

    @Test
    void aCompositeTypeMayHaveTheNameOfABuiltInType() {
        try (Wal wal = OneTable.in(
                server,
                "CREATE TYPE public.money AS (amount int, currency text)",
                "CREATE TYPE public.point AS (p text)",
                "CREATE TYPE public.pair AS (p text)",
                "CREATE TABLE t (id int PRIMARY KEY, a public.money, b public.point, c public.pair)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, ROW(5, 'EUR'), ROW('x'), ROW('y'))"));
            Mark end = wal.mark();
            Map<String, String> unknown = new HashMap<>(FAIL);
            unknown.put("include.unknown.datatypes", "true");

            // When
            Struct row = rows(wal.read(Contender.TRIBUTARY, unknown, end)).get(0);

            // Then
            assertThat(text(row.get("a"))).isEqualTo("(5,EUR)");
            assertThat(text(row.get("b"))).isEqualTo("(x)");
            assertThat(text(row.get("c"))).isEqualTo("(y)");
        }
    }

    private static String text(Object bytes) {
        ByteBuffer buffer = bytes instanceof byte[] array ? ByteBuffer.wrap(array) : ((ByteBuffer) bytes).duplicate();
        return StandardCharsets.UTF_8.decode(buffer).toString();
    }

    @Test
    void debeziumStopsAtAnEnumWithTheNameOfADomainInAnotherSchema() {
        try (Wal wal = OneTable.in(
                server,
                "CREATE SCHEMA x",
                "CREATE TYPE x.status AS ENUM ('open', 'closed')",
                "CREATE DOMAIN public.status AS int",
                "CREATE TABLE public.t (id int PRIMARY KEY, a x.status)")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, 'open')"));
            Mark end = wal.mark();

            // Then
            assertThatThrownBy(() -> wal.read(Contender.DEBEZIUM, FAIL, end))
                    .rootCause()
                    .isInstanceOf(NumberFormatException.class);
        }
    }

    @Test
    void anEnumWithoutLabelsMayBeAnywhereInTheDatabase() {
        try (Wal wal = OneTable.in(
                server,
                "CREATE SCHEMA elsewhere",
                "CREATE TYPE elsewhere.nothing AS ENUM ()",
                "CREATE TABLE t (id int PRIMARY KEY, a elsewhere.nothing, b elsewhere.nothing[])")) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, NULL, '{}')"));
            Mark end = wal.mark();

            // When
            Struct row = rows(wal.read(Contender.TRIBUTARY, FAIL, end)).get(0);

            // Then
            assertThat(row.get("a")).isNull();
            assertThat(row.get("b")).isEqualTo(List.of());
            assertThat(rows(wal.snapshot(Contender.TRIBUTARY, FAIL))).containsExactly(row);
        }
    }

    @Test
    void anEnumThatWasCreatedWhileStreamingHasItsLabelsAndItsDefault() {
        try (Wal wal = OneTable.in(server, "CREATE TABLE t (id int PRIMARY KEY)");
                Capture tributary = wal.start(Contender.TRIBUTARY, Mode.of("defaults"))) {
            // Given
            tributary.until(wal.mark());

            // When
            wal.write(Statement.on(
                    0,
                    "CREATE TYPE mood AS ENUM ('sad', 'it''s ok')",
                    "ALTER TABLE t ADD a mood NOT NULL DEFAULT 'it''s ok'",
                    "INSERT INTO t VALUES (1, 'sad')"));
            Schema schema =
                    rows(tributary.until(wal.mark())).get(0).schema().field("a").schema();

            // Then
            assertThat(schema.parameters()).containsEntry(Enum.VALUES_FIELD, "sad,it's ok");
            assertThat(schema.defaultValue()).isEqualTo("it's ok");
        }
    }

    @Test
    void anArrayWithANewLabelHasItInTheSchema() {
        try (Wal wal = OneTable.in(
                        server, "CREATE TYPE mood AS ENUM ('sad')", "CREATE TABLE t (id int PRIMARY KEY, a mood[])");
                Capture tributary = wal.start(Contender.TRIBUTARY, Mode.of("defaults"))) {
            // Given
            wal.write(Statement.on(0, "INSERT INTO t VALUES (1, '{sad}')"));
            tributary.until(wal.mark());

            // When
            wal.write(Statement.on(
                    0,
                    "ALTER TYPE mood ADD VALUE 'ok'",
                    "INSERT INTO t VALUES (2, '{sad}')",
                    "INSERT INTO t VALUES (3, '{sad,NULL,ok}')",
                    "INSERT INTO t VALUES (4, '{sad}')"));
            List<Struct> rows = rows(tributary.until(wal.mark()));

            // Then
            assertThat(rows)
                    .extracting(row -> row.schema()
                            .field("a")
                            .schema()
                            .valueSchema()
                            .parameters()
                            .get(Enum.VALUES_FIELD))
                    .containsExactly("sad", "sad,ok", "sad,ok");
        }
    }

    private static Struct row(List<SourceRecord> records, String topic) {
        return records.stream()
                .filter(record -> record.topic().equals(topic))
                .map(record -> ((Struct) record.value()).getStruct("after"))
                .findFirst()
                .orElseThrow();
    }
}
