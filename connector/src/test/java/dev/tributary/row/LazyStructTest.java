// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class LazyStructTest {

    private final Schema schema = SchemaBuilder.struct()
            .field("id", Schema.INT32_SCHEMA)
            .field("name", Schema.OPTIONAL_STRING_SCHEMA)
            .field("size", SchemaBuilder.int64().optional().defaultValue(5L).build())
            .field("tags", SchemaBuilder.array(Schema.STRING_SCHEMA).optional().build())
            .build();
    private final List<String> decoded = new ArrayList<>();
    private final RowCodec codec = new RowCodec(
            schema,
            List.of(
                    source(0, "int4", Schema.INT32_SCHEMA),
                    source(1, "text", Schema.STRING_SCHEMA),
                    source(2, "int8", Schema.INT64_SCHEMA),
                    new RowCodec.Source(
                            3,
                            new ColumnCodec(
                                    (bytes, start, length) -> new ArrayList<>(List.of("a")),
                                    (bytes, start, length) -> TextDecoder.UNSUPPORTED,
                                    () -> null,
                                    () -> null))));
    private final RowCodec fast = new RowCodec(
            SchemaBuilder.struct()
                    .field("id", Schema.INT32_SCHEMA)
                    .field("name", Schema.STRING_SCHEMA)
                    .build(),
            List.of(plain(0, "int4", Schema.INT32_SCHEMA), plain(1, "text", Schema.STRING_SCHEMA)));
    private final RowImage row = Tuples.row("7", "seven", null, "{a}");

    @Test
    void aFieldIsDecodedWhenItIsFirstReadAndOnlyOnce() {
        // Given
        Struct struct = codec.lazily(row);
        assertThat(decoded).isEmpty();

        // When
        assertThat(struct.getInt32("id")).isEqualTo(7);
        assertThat(struct.get("id")).isEqualTo(7);

        // Then
        assertThat(decoded).containsExactly("7");
    }

    @Test
    void everyWayToReadAgreesWithAPlainStruct() {
        // Given
        Struct lazy = codec.lazily(row);
        Struct plain = codec.eagerly(row);

        // Then
        assertThat(lazy.schema()).isEqualTo(plain.schema());
        schema.fields().forEach(field -> {
            assertThat(lazy.get(field)).isEqualTo(plain.get(field));
            assertThat(lazy.get(field.name())).isEqualTo(plain.get(field.name()));
            assertThat(lazy.getWithoutDefault(field.name())).isEqualTo(plain.getWithoutDefault(field.name()));
        });
        assertThat(lazy.getString("name")).isEqualTo(plain.getString("name"));
        assertThat(lazy.<String>getArray("tags")).isEqualTo(plain.<String>getArray("tags"));
        assertThat(lazy).hasToString(plain.toString());
        assertThatThrownBy(() -> lazy.getInt64("id")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> lazy.get("nothing")).isInstanceOf(DataException.class);
        lazy.validate();
    }

    @Test
    void aFieldThatWasSetStaysSetAndIsNotWrittenFromTheRow() {
        // Given
        LazyStruct lazy = (LazyStruct) codec.lazily(row);

        // When
        lazy.put("name", "changed");

        // Then
        assertThat(lazy.getString("name")).isEqualTo("changed");
        assertThat(lazy.peek(1)).isEqualTo("changed");
        assertThat(lazy.getInt32("id")).isEqualTo(7);
        assertThat(lazy.writeJson(1, new JsonText())).isFalse();
        assertThatThrownBy(() -> lazy.put("id", "text")).isInstanceOf(DataException.class);
    }

    @Test
    void anUnreadFieldIsWrittenFromTheRow() {
        // Given
        LazyStruct lazy = (LazyStruct) fast.lazily(row);
        JsonText json = new JsonText();

        // When
        lazy.get("id");
        boolean read = lazy.writeJson(0, json);
        boolean unread = lazy.writeJson(1, json);

        // Then
        assertThat(read).isFalse();
        assertThat(unread).isTrue();
        assertThat(json.copyFrom(0)).asString(StandardCharsets.UTF_8).isEqualTo("\"seven\"");
    }

    @Test
    void aPeekIsNotRemembered() {
        // Given
        LazyStruct lazy = (LazyStruct) codec.lazily(row);

        // Then
        assertThat(lazy.peek(0)).isEqualTo(7);
        assertThat(lazy.peek(0)).isEqualTo(7);
        assertThat(decoded).containsExactly("7", "7");
    }

    @Test
    void equalRowsAreEqual() {
        assertThat(codec.lazily(row)).isEqualTo(codec.lazily(Tuples.row("7", "seven", null, "{a}")));
        assertThat(codec.lazily(row)).hasSameHashCodeAs(codec.lazily(Tuples.row("7", "seven", null, "{a}")));
        assertThat(codec.lazily(row)).isNotEqualTo(codec.lazily(Tuples.row("8", "seven", null, "{a}")));
    }

    @Test
    void aPlainRowEqualsAPlainStructBothWays() {
        // Given
        Struct theirs = new Struct(schema).put("id", 7).put("name", "seven").put("tags", List.of("a"));

        // When
        Struct ours = codec.eagerly(row);

        // Then
        assertThat(ours).isEqualTo(theirs).hasSameHashCodeAs(theirs);
        assertThat(theirs).isEqualTo(ours);
    }

    @Test
    void aLazyRowEqualsNoPlainStruct() {
        // Given
        Struct lazy = codec.lazily(row);
        Struct plain = codec.eagerly(row);

        // Then
        assertThat(lazy.equals(plain)).isFalse();
        assertThat(plain.equals(lazy)).isFalse();
        assertThat(((LazyStruct) lazy).copy()).isEqualTo(plain);
    }

    @Test
    void aRowOfWhichEveryFieldIsReadAtOnceIsPlain() {
        // Given
        TextDecoder exact = (bytes, start, length) -> new String(bytes, start, length, StandardCharsets.UTF_8);
        RowCodec slow = new RowCodec(
                SchemaBuilder.struct().field("a", Schema.STRING_SCHEMA).build(),
                List.of(new RowCodec.Source(0, new ColumnCodec(TextDecoder.NONE, exact, () -> null, () -> null))));

        // When
        Struct struct = slow.lazily(Tuples.row("text"));

        // Then
        assertThat(struct).isEqualTo(new Struct(slow.schema()).put("a", "text"));
    }

    private RowCodec.Source source(int column, String type, Schema field) {
        TextDecoder fast = FastDecoders.of(type, field);
        TextDecoder noted = (bytes, start, length) -> {
            decoded.add(new String(bytes, start, length, StandardCharsets.UTF_8));
            return fast.decode(bytes, start, length);
        };
        TextDecoder lazy = new FastDecoder(
                noted, FastDecoder.NO_JSON, (bytes, start, length, avro) -> false, FastDecoder.NEVER_FAILS);
        return new RowCodec.Source(column, new ColumnCodec(lazy, fast, () -> null, () -> null));
    }

    private static RowCodec.Source plain(int column, String type, Schema field) {
        TextDecoder decoder = FastDecoders.of(type, field);
        return new RowCodec.Source(column, new ColumnCodec(decoder, decoder, () -> null, () -> null));
    }
}
