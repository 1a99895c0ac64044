// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A row of a snapshot has the same value and the same schema as the same row in the stream. */
class SnapshotAndStreamIT {

    private static final Mode DESCRIBED = Mode.of(
            "column types propagated", "column.propagate.source.type", ".*", "include.unknown.datatypes", "true");

    /** The length and the scale of a type without any are described in different ways, as by Debezium. */
    private static final Mode UNKNOWN = Mode.of("unknown types", "include.unknown.datatypes", "true");

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
    void rowsOfEveryTypeAreTheSame() {
        // Given
        List<String> preparations = new ArrayList<>(CompoundTypes.PREPARATIONS);
        Everything.families().forEach(family -> preparations.addAll(family.tables()));
        preparations.add("CREATE PUBLICATION everything FOR ALL TABLES");
        try (Wal wal = Wal.after(server, preparations.toArray(String[]::new))) {
            List<String> changes = new ArrayList<>();
            Everything.families().forEach(family -> changes.addAll(family.changes()));
            wal.write(Statement.on(0, changes.toArray(String[]::new)));
            Mark end = wal.mark();

            // When
            Map<String, Struct> streamed = lastRows(wal.read(Contender.TRIBUTARY, UNKNOWN.options(), end));
            Map<String, Struct> read = lastRows(wal.snapshot(Contender.TRIBUTARY, UNKNOWN.options()));

            // Then
            assertSame(streamed, read);
        }
    }

    @Test
    void namesOfTypesAndColumnsAndDefaultsAreTheSame() {
        // Given
        try (Wal wal = OneTable.in(
                server,
                "CREATE SCHEMA \"S2\"",
                "CREATE TYPE \"S2\".\"MOOD\" AS ENUM ('sad', 'it''s ok', '\"quoted\"')",
                "CREATE DOMAIN \"S2\".\"Label\" AS varchar(7)",
                "CREATE TYPE \"dot.ted\" AS ENUM ('a')",
                "CREATE TABLE t (id serial PRIMARY KEY, s smallserial, b bigserial,"
                        + " m \"S2\".\"MOOD\" NOT NULL DEFAULT 'it''s ok', q \"S2\".\"MOOD\" DEFAULT '\"quoted\"',"
                        + " ms \"S2\".\"MOOD\"[], l \"S2\".\"Label\" DEFAULT 'x', d \"dot.ted\" DEFAULT 'a',"
                        + " \"say \"\"hi\"\"\" text DEFAULT 'hi', \"\"\"\" int, \"tick'\" int,"
                        + " e text DEFAULT 'a' || 'b', n numeric(8,3) DEFAULT -1.5, v varchar(5) DEFAULT 'it''s',"
                        + " bits bit(3) DEFAULT B'101', ts timestamptz DEFAULT now())")) {
            wal.write(Statement.on(
                    0, "INSERT INTO t VALUES (1, 2, 3, 'sad', 'sad', '{sad,NULL}', 'y', 'a', 'ho', 4, 5)"));
            Mark end = wal.mark();

            // When
            Map<String, Struct> streamed = lastRows(wal.read(Contender.TRIBUTARY, DESCRIBED.options(), end));
            Map<String, Struct> read = lastRows(wal.snapshot(Contender.TRIBUTARY, DESCRIBED.options()));

            // Then
            assertSame(streamed, read);
            Struct row = Objects.requireNonNull(read.get("oracle.public.t Struct{id=1}"));
            assertThat(row.get("say \"hi\"")).isEqualTo("ho");
            assertThat(row.schema().field("m").schema().defaultValue()).isEqualTo("it's ok");
            assertThat(row.schema().field("q").schema().defaultValue()).isEqualTo("\"quoted\"");
            assertThat(row.schema().field("e").schema().defaultValue()).isNull();
            assertThat(row.schema().field("v").schema().defaultValue()).isEqualTo("it's");
            assertThat(row.schema().field("m").schema().parameters())
                    .containsEntry("__debezium.source.column.type", "MOOD");
        }
    }

    private static void assertSame(Map<String, Struct> streamed, Map<String, Struct> read) {
        read.keySet().removeIf(key -> key.startsWith("oracle.public.beginning"));
        streamed.keySet().removeIf(key -> key.startsWith("oracle.public.beginning"));
        assertThat(read.keySet()).isEqualTo(streamed.keySet());
        Differences found = new Differences();
        ValueComparison values = new ValueComparison(new SchemaComparison(found), found);
        streamed.forEach((key, row) -> values.compare(Path.of(key), row, read.get(key)));
        assertThat(found.isEmpty()).as(found.toString()).isTrue();
    }

    /** The last row of each key. */
    private static Map<String, Struct> lastRows(List<SourceRecord> records) {
        Map<String, Struct> rows = new HashMap<>();
        for (SourceRecord record : records) {
            if (record.key() != null && !record.topic().endsWith(".message")) {
                Struct value = (Struct) record.value();
                Struct after = value == null ? null : value.getStruct("after");
                if (after == null) {
                    rows.remove(record.topic() + " " + record.key());
                } else {
                    rows.put(record.topic() + " " + record.key(), after);
                }
            }
        }
        return rows;
    }
}
