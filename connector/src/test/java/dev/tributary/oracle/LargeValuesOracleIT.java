// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.tributary.postgres.PostgresServer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The whole table of types: a null in an array, and a large value that an update leaves as it was. Debezium converts
 * some of them, and stops or sends null for the others. Ours converts all, and agrees wherever Debezium has a value.
 */
class LargeValuesOracleIT {

    private static final List<String> SCALARS = List.of(
            "text",
            "varchar",
            "bytea",
            "json",
            "jsonb",
            "xml",
            "citext",
            "hstore",
            "tsvector",
            "numeric",
            "varbit",
            "polygon",
            "path",
            "tags",
            "document",
            "int4multirange",
            "nested");

    private static PostgresServer server;
    private static Wal wal;
    private static Mark end;

    @BeforeAll
    static void write() throws Exception {
        server = Wal.server();
        List<String> preparations = new ArrayList<>(CompoundTypes.PREPARATIONS);
        List<String> columns = columns();
        preparations.add("CREATE TABLE t (id int PRIMARY KEY, note text, " + String.join(", ", columns) + ")");
        columns.forEach(column -> preparations.add(
                "ALTER TABLE t ALTER " + column.substring(0, column.indexOf(' ')) + " SET STORAGE EXTERNAL"));
        preparations.add("CREATE PUBLICATION everything FOR ALL TABLES");
        wal = Wal.after(server, preparations.toArray(String[]::new));
        wal.write(Statement.on(
                0,
                "INSERT INTO t VALUES (1, 'nulls', " + values("ARRAY[NULL]::") + ")",
                "INSERT INTO t VALUES (2, 'large', " + values("array_fill(NULL::text, ARRAY[20000])::") + ")",
                "UPDATE t SET note = 'changed' WHERE id = 2"));
        end = wal.mark();
    }

    @AfterAll
    static void stop() {
        wal.close();
        server.close();
    }

    private static List<String> arrays() {
        Set<String> arrays = new LinkedHashSet<>(List.of("bit[]", "bit(3)[]"));
        CompoundTypes.FAMILIES.stream()
                .flatMap(family -> family.types().stream())
                .map(TypeCase::type)
                .filter(type -> type.endsWith("[]"))
                .forEach(arrays::add);
        return List.copyOf(arrays);
    }

    private static List<String> columns() {
        List<String> types = new ArrayList<>(arrays());
        types.addAll(SCALARS);
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add("c" + i + " " + types.get(i));
        }
        return columns;
    }

    /** An array for each array type, and a large value for each of the others. */
    private static String values(String array) {
        return Stream.concat(
                        arrays().stream().map(type -> array + type),
                        SCALARS.stream().map(LargeValuesOracleIT::large))
                .collect(Collectors.joining(", "));
    }

    private static String large(String type) {
        String text = "repeat('x', 2500)";
        return switch (type) {
            case "json", "jsonb", "document" -> "('{\"a\": \"' || " + text + " || '\"}')::" + type;
            case "xml" -> "('<a>' || " + text + " || '</a>')::xml";
            case "hstore" -> "hstore('a', " + text + ")";
            case "tsvector" ->
                "(SELECT to_tsvector('simple', string_agg('x' || n, ' ')) FROM generate_series(1, 300) n)";
            case "numeric" -> "repeat('1', 6000)::numeric";
            case "varbit" -> "repeat('10', 12000)::varbit";
            case "polygon" -> "('((0,0)' || repeat(',(1,1)', 150) || ')')::polygon";
            case "path" -> "('((0,0)' || repeat(',(1,1)', 150) || ')')::path";
            case "tags" -> "array_fill('x'::text, ARRAY[700])::tags";
            case "int4multirange" -> "(SELECT range_agg(int4range(3 * n, 3 * n + 1)) FROM generate_series(1, 300) n)";
            case "nested" -> "ROW(ROW(1, " + text + "), NULL)::nested";
            default -> text + "::" + type;
        };
    }

    @TestFactory
    Stream<DynamicTest> everyValueIsConverted() {
        return Modes.ofValues().stream()
                .filter(mode -> mode.options().keySet().stream()
                        .noneMatch(option -> option.startsWith("column.") || option.startsWith("table.")))
                .map(mode -> dynamicTest(mode.name(), () -> assertConverted(mode)));
    }

    private static void assertConverted(Mode mode) {
        // Given
        Map<String, String> failing = new HashMap<>(mode.options());
        failing.put("event.converting.failure.handling.mode", "fail");

        // When
        List<Struct> expected = rows(wal.read(Contender.DEBEZIUM, mode.options(), end));
        List<Struct> actual = rows(wal.read(Contender.TRIBUTARY, failing, end));

        // Then
        assertThat(actual).hasSize(3);
        for (Field field : actual.get(0).schema().fields()) {
            Schema schema = field.schema();
            for (int row = 0; row < 3; row++) {
                Object value = actual.get(row).get(field);
                String context = "column " + field.name() + ", row " + row;
                assertThat(value).as(context).isNotNull();
                ConnectSchema.validateValue(field.name(), schema, value);
                Object theirs = expected.size() > row ? expected.get(row).get(field.name()) : null;
                if (theirs != null) {
                    assertThat(text(value)).as(context).isEqualTo(text(theirs));
                }
            }
            if (schema.type() == Schema.Type.ARRAY && !field.name().equals(tags())) {
                assertThat(actual.get(0).getArray(field.name()))
                        .as(field.name())
                        .containsExactly((Object) null);
            }
        }
    }

    private static String tags() {
        return "c" + (arrays().size() + SCALARS.indexOf("tags"));
    }

    private static String text(@Nullable Object value) {
        if (value instanceof List<?> list) {
            return list.stream().map(LargeValuesOracleIT::text).toList().toString();
        }
        if (value instanceof Struct struct) {
            return struct.schema().fields().stream()
                    .map(field -> field.name() + "=" + text(struct.get(field)))
                    .toList()
                    .toString();
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }

    private static List<Struct> rows(List<SourceRecord> records) {
        return OneTable.rows(records);
    }
}
