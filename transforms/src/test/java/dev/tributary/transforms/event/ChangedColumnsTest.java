// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ChangedColumnsTest {

    private static final byte[] UNSENT = "__unsent".getBytes(StandardCharsets.UTF_8);

    private final ChangedColumns columns = new ChangedColumns("__unsent");

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(null, null, false),
                Arguments.of("a", "a", false),
                Arguments.of("a", "b", true),
                Arguments.of("a", null, true),
                Arguments.of(null, "a", true),
                Arguments.of("a", "__unsent", false),
                Arguments.of("__unsent", "a", true),
                Arguments.of(1, 1L, true),
                Arguments.of(new byte[] {1}, new byte[] {1}, false),
                Arguments.of(new byte[] {1}, new byte[] {2}, true),
                Arguments.of(new byte[] {1}, null, true),
                Arguments.of(new byte[] {1}, UNSENT, false),
                Arguments.of(ByteBuffer.wrap(new byte[] {1}), ByteBuffer.wrap(new byte[] {1}), false),
                Arguments.of(ByteBuffer.wrap(new byte[] {1}), ByteBuffer.wrap(new byte[] {2}), true),
                Arguments.of(ByteBuffer.wrap(new byte[] {1}), ByteBuffer.wrap(UNSENT), false),
                Arguments.of(List.of("a"), List.of("a"), false),
                Arguments.of(List.of("a"), List.of("a", "b"), true),
                Arguments.of(List.of("a", "b"), List.of("a"), true),
                Arguments.of(List.of("a"), List.of("__unsent"), false),
                Arguments.of(List.of("a"), List.of("__unsent", "b"), true),
                Arguments.of(List.of(new byte[] {1}), List.of(new byte[] {1}), false),
                Arguments.of(List.of(new byte[] {1}), List.of(new byte[] {2}), true),
                Arguments.of(Arrays.asList("a", null), Arrays.asList("a", null), false),
                Arguments.of(Map.of("k", "a"), Map.of("k", "a"), false),
                Arguments.of(Map.of("k", "a"), Map.of("k", "b"), true),
                Arguments.of(Map.of("k", "a"), Map.of("__unsent", "__unsent"), false),
                Arguments.of(Map.of("k", "a"), Map.of("k", "__unsent"), true));
    }

    @ParameterizedTest
    @MethodSource("values")
    void valuesDifferUnlessTheyWereNotSent(@Nullable Object was, @Nullable Object is, boolean differ) {
        // Given
        Map<String, @Nullable Object> before = Collections.singletonMap("x", was);
        Map<String, @Nullable Object> after = Collections.singletonMap("x", is);

        // Then
        assertThat(columns.between(before, after)).isEqualTo(differ ? List.of("x") : List.of());
        assertThat(columns.any(before, after, name -> true)).isEqualTo(differ);
        assertThat(columns.any(before, after, name -> false)).isFalse();
        assertThat(columns.differs(before, after, "x")).isEqualTo(differ);
        assertThat(columns.differs(before, after, "y")).isFalse();
    }

    @Test
    void aNullIsDifferentFromTheDefault() {
        // Given
        Schema row = row();
        Struct before = new Struct(row).put("a", "a");
        Struct after = new Struct(row).put("a", "a").put("b", "default");

        // Then
        assertThat(columns.between(before, after)).containsExactly("b");
        assertThat(columns.differs(before, after, "b")).isTrue();
        assertThat(columns.any(before, after, row.fields().toArray(Field[]::new)))
                .isTrue();
    }

    @Test
    void onlyTheRequestedColumnsAreCompared() {
        // Given
        Schema row = row();
        Struct before = new Struct(row).put("a", "a").put("b", "b");
        Struct after = new Struct(row).put("a", "A").put("b", "b");
        Field[] first = {row.field("a")};
        Field[] second = {row.field("b")};

        // Then
        assertThat(columns.any(before, after, first)).isTrue();
        assertThat(columns.any(before, after, second)).isFalse();
        assertThat(columns.between(before, after, first)).containsExactly("a");
        assertThat(columns.between(before, after, second)).isEmpty();
        assertThat(columns.between(before, after, "b"::equals)).isEmpty();
        assertThat(columns.any(before, after, "a"::equals)).isTrue();
    }

    @Test
    void rowsOfDifferentSchemasAreComparedByName() {
        // Given
        Schema was =
                SchemaBuilder.struct().field("b", Schema.OPTIONAL_STRING_SCHEMA).build();
        Struct before = new Struct(was).put("b", "b");
        Struct after = new Struct(row()).put("a", "a").put("b", "b");

        // Then
        assertThat(columns.between(before, after)).containsExactly("a");
        assertThat(columns.between(before, after, after.schema().fields().toArray(Field[]::new)))
                .containsExactly("a");
    }

    private static Schema row() {
        return SchemaBuilder.struct()
                .field("a", Schema.OPTIONAL_STRING_SCHEMA)
                .field(
                        "b",
                        SchemaBuilder.string()
                                .optional()
                                .defaultValue("default")
                                .build())
                .build();
    }
}
