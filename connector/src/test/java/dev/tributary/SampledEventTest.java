// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.metrics.EventSample;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SampledEventTest {

    private static final String SECRET = "secret";

    private static final Schema NESTED =
            SchemaBuilder.struct().field("street", Schema.STRING_SCHEMA).build();

    private static final Schema ROW = SchemaBuilder.struct()
            .optional()
            .field("id", Schema.INT32_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .field("address", NESTED)
            .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).build())
            .field(
                    "settings",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                            .build())
            .field("picture", Schema.BYTES_SCHEMA)
            .build();

    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .field("before", ROW)
            .field("after", ROW)
            .field("op", Schema.STRING_SCHEMA)
            .field("source", NESTED)
            .build();

    private static final Schema KEY =
            SchemaBuilder.struct().field("mail", Schema.STRING_SCHEMA).build();

    private static Struct row(String text) {
        return new Struct(ROW)
                .put("id", 7)
                .put("name", text)
                .put("address", new Struct(NESTED).put("street", text))
                .put("tags", List.of(text))
                .put("settings", Map.of(text, text))
                .put("picture", ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static Struct envelope(String operation, @Nullable Struct before, @Nullable Struct after) {
        return new Struct(ENVELOPE)
                .put("op", operation)
                .put("before", before)
                .put("after", after)
                .put("source", new Struct(NESTED).put("street", "source"));
    }

    private static EventSample sample(@Nullable Object key, @Nullable Object value, boolean withValues) {
        return SampledEvent.of(
                new SourceRecord(Map.of(), Map.of(), "topic", null, key, null, value), 1_000, withValues);
    }

    @Test
    void valuesAreShownAsText() {
        // When
        EventSample sample = sample(new Struct(KEY).put("mail", "a@b"), envelope("c", null, row("x")), true);

        // Then
        assertThat(sample.getOperation()).isEqualTo("c");
        assertThat(sample.getKey()).isEqualTo("mail: a@b");
        assertThat(sample.getValue())
                .isEqualTo("id: 7, name: x, address: {street: x}, tags: [x], settings: {x: x}, picture: 1 bytes");
    }

    @Test
    void ofADeleteTheRowBeforeIsShown() {
        assertThat(sample(null, envelope("d", row("before"), null), true).getValue())
                .contains("name: before");
    }

    @Test
    void aNullIsShownAsOne() {
        assertThat(sample(null, row("x").put("name", null), true).getValue()).contains("name: null");
    }

    @Test
    void aTombstoneHasNoText() {
        // When
        EventSample sample = sample(null, null, true);

        // Then
        assertThat(sample.getOperation()).isEmpty();
        assertThat(sample.getKey()).isEmpty();
        assertThat(sample.getValue()).isEmpty();
    }

    @Test
    void hiddenValuesAreNeitherInTheRowNorInTheKey() {
        // When
        EventSample sample =
                sample(new Struct(KEY).put("mail", SECRET), envelope("u", row(SECRET), row(SECRET)), false);

        // Then
        assertThat(sample.getOperation()).isEqualTo("u");
        assertThat(sample.getKey()).isEqualTo("mail: •");
        assertThat(sample.getValue())
                .isEqualTo("id: •, name: •, address: •, tags: •, settings: •, picture: •")
                .doesNotContain(SECRET, "7");
    }

    @Test
    void hiddenValuesThatAreNoRowsAreHidden() {
        for (Object value : List.of(SECRET, List.of(SECRET), Map.of(SECRET, SECRET))) {
            // When
            EventSample sample = sample(value, value, false);

            // Then
            assertThat(sample.getKey()).isEqualTo("•");
            assertThat(sample.getValue()).isEqualTo("•");
        }
    }

    @Test
    void hiddenValuesAreNotRead() {
        // Given
        Struct unreadable = new Struct(KEY) {
            @Override
            public Object get(Field field) {
                throw new AssertionError("read");
            }

            @Override
            public Object getWithoutDefault(String name) {
                throw new AssertionError("read");
            }
        };

        // When
        EventSample sample = sample(unreadable, unreadable, false);

        // Then
        assertThat(sample.getKey()).isEqualTo("mail: •");
    }

    @Test
    void aLongValueIsCut() {
        assertThat(sample(null, "x".repeat(1_000), true).getValue()).isEqualTo("x".repeat(200) + "…");
    }

    @Test
    void aCharacterIsNotDivided() {
        assertThat(sample(null, "x" + "😀".repeat(200), true).getValue()).isEqualTo("x" + "😀".repeat(99) + "…");
    }

    @Test
    void aLongListIsCut() {
        assertThat(sample(null, Collections.nCopies(1_000_000, "abc"), true).getValue())
                .startsWith("[abc, abc, ")
                .endsWith("…")
                .hasSize(201);
    }

    @Test
    void nothingFollowsWhatHasNoRoom() {
        // Given: the first list fills the text
        List<List<String>> lists = List.of(List.of("x".repeat(197)), List.of("y".repeat(300), "z"));

        // When
        String text = sample(null, lists, true).getValue();

        // Then
        assertThat(text).isEqualTo("[[" + "x".repeat(197) + "]…");
    }

    @Test
    void aLongEventIsCut() {
        // Given
        SchemaBuilder wide = SchemaBuilder.struct();
        for (int i = 0; i < 1_000; i++) {
            wide.field("column" + i, Schema.STRING_SCHEMA);
        }
        Struct row = new Struct(wide.build());
        row.schema().fields().forEach(field -> row.put(field, "x".repeat(300)));

        // When
        EventSample shown = sample(row, row, true);
        EventSample hidden = sample(row, row, false);

        // Then
        for (EventSample sample : List.of(shown, hidden)) {
            assertThat(sample.getValue()).startsWith("column0: ").endsWith("…").hasSizeLessThanOrEqualTo(1_601);
            assertThat(sample.getKey()).startsWith("column0: ").endsWith("…").hasSizeLessThanOrEqualTo(401);
        }
        assertThat(shown.getValue()).contains("x".repeat(200) + "…, column1: ");
    }
}
