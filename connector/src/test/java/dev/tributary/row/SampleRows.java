// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.data.Json;
import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.ZonedTimestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Rows of a table with a column for each type that has a fast decoder, and one for a type that has none. */
public final class SampleRows {

    private static final List<String> TYPES =
            List.of("bool", "int2", "int4", "int8", "text", "date", "timestamp", "timestamptz", "jsonb", "other");

    public static final List<List<@Nullable String>> ROWS = List.of(
            row(
                    "t",
                    "-7",
                    "2147483647",
                    "-9223372036854775808",
                    "größer \"😀\"\n\u0001",
                    "2026-11-21",
                    "2026-11-21" + " 10:23:00.5",
                    "2026-11-21 10:23:00.123456+00",
                    "{\"a\": \"b\\\\\"}",
                    "x"),
            row(
                    "f",
                    "0",
                    "-1",
                    "999999999999999999",
                    "",
                    "1969-12-31",
                    "1969-12-31 23:59:59.999999",
                    "0001-01-01" + " 00:00:00+00",
                    "[]",
                    ""),
            row(null, null, null, null, null, null, null, null, null, null));

    public static final RowCodec CODEC = codec();

    private SampleRows() {}

    public static Struct lazy(List<@Nullable String> row) {
        return CODEC.lazily(Tuples.row(row.toArray(String[]::new)));
    }

    public static Struct plain(List<@Nullable String> row) {
        return CODEC.eagerly(Tuples.row(row.toArray(String[]::new)));
    }

    private static List<@Nullable String> row(@Nullable String... columns) {
        return Arrays.asList(columns);
    }

    private static RowCodec codec() {
        List<Schema> fields = List.of(
                Schema.OPTIONAL_BOOLEAN_SCHEMA,
                SchemaBuilder.int16().optional().defaultValue((short) 3).build(),
                Schema.OPTIONAL_INT32_SCHEMA,
                Schema.OPTIONAL_INT64_SCHEMA,
                Schema.OPTIONAL_STRING_SCHEMA,
                Date.builder().optional().build(),
                MicroTimestamp.builder().optional().build(),
                ZonedTimestamp.builder().optional().build(),
                Json.builder().optional().build(),
                Schema.OPTIONAL_STRING_SCHEMA);
        SchemaBuilder schema = SchemaBuilder.struct().name("sample");
        List<RowCodec.Source> sources = new ArrayList<>();
        for (int i = 0; i < TYPES.size(); i++) {
            schema.field(i == 4 ? "name" : "c" + i, fields.get(i));
            TextDecoder fast = FastDecoders.of(TYPES.get(i), fields.get(i));
            TextDecoder exact =
                    i == 3 ? (bytes, start, length) -> Long.parseLong(text(bytes, start, length)) : SampleRows::text;
            sources.add(new RowCodec.Source(i, new ColumnCodec(fast, exact, () -> null, () -> null)));
        }
        return new RowCodec(schema.build(), sources);
    }

    private static String text(byte[] bytes, int start, int length) {
        return new String(bytes, start, length, java.nio.charset.StandardCharsets.UTF_8);
    }
}
