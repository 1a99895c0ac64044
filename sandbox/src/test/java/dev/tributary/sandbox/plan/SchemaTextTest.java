// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.capture.EventSchemas;
import java.util.List;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SchemaTextTest {

    private static EventSchemas.OfTable schemas(@Nullable Schema key, Schema row) {
        return new EventSchemas.OfTable(
                List.of("any"), key, SchemaBuilder.struct().field("after", row).build());
    }

    @Test
    void typesAreShort() {
        // Given
        Schema key = SchemaBuilder.struct().field("id", Schema.INT32_SCHEMA).build();
        Schema row = SchemaBuilder.struct()
                .field("id", Schema.INT32_SCHEMA)
                .field("total", Decimal.builder(2).optional().build())
                .field(
                        "day",
                        SchemaBuilder.int32().name("io.debezium.time.Date").build())
                .field(
                        "tags",
                        SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                                .optional()
                                .build())
                .field(
                        "map",
                        SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                                .build())
                .build();

        // Then
        assertThat(SchemaText.of(schemas(key, row)))
                .containsExactly(
                        "key: id int32",
                        "row: id int32, total Decimal(2)?, day int32 Date, tags array of string?, map map of string");
    }

    @Test
    void aTableWithoutKeyAndWithManyColumnsTakesSeveralLines() {
        // Given
        SchemaBuilder row = SchemaBuilder.struct();
        for (int i = 100; i < 120; i++) {
            row.field("column_" + i, Schema.STRING_SCHEMA);
        }

        // When
        List<String> lines = SchemaText.of(schemas(null, row.build()));

        // Then
        assertThat(lines).hasSize(5).startsWith("key: none").allMatch(line -> line.length() <= 110);
        assertThat(lines.get(1)).startsWith("row: column_100 string, ").endsWith(",");
        assertThat(lines.get(4)).startsWith("     column_1").endsWith("column_119 string");
    }
}
