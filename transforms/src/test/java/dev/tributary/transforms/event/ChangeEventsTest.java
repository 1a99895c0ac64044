// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangeEventsTest {

    private static final Schema ROW =
            SchemaBuilder.struct().optional().field("id", Schema.INT64_SCHEMA).build();

    private final ChangeEvents events = new ChangeEvents();

    private static SourceRecord record(@Nullable Schema schema, Object value) {
        return new SourceRecord(Map.of(), Map.of(), "any", null, null, null, schema, value, null);
    }

    private static SourceRecord named(@Nullable String name) {
        Schema schema = SchemaBuilder.struct()
                .name(name)
                .field("op", Schema.STRING_SCHEMA)
                .field("before", ROW)
                .build();
        return record(schema, new Struct(schema).put("op", "d").put("before", new Struct(ROW).put("id", 1L)));
    }

    /** As an outbox can send: the state before and the operation of an application. */
    @Test
    void aMessageThatLooksLikeAnEventIsNone() {
        assertThat(events.of(named(null))).isNull();
        assertThat(events.of(named("com.example.OrderCancelled"))).isNull();
        assertThat(events.of(record(null, Map.of("op", "d", "before", Map.of("id", 1)))))
                .isNull();
        assertThat(events.of(record(
                        null, Map.of("op", "d", "before", Map.of("id", 1), "source", Map.of("system", "billing")))))
                .isNull();
        assertThat(ChangeEvents.andWhatLooksLikeThem().of(named(null))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop.public.orders.Envelope", "shop_public.orders.Envelope", "Envelope"})
    void theNameOfTheSchemaTellsAnEventWithoutSource(String name) {
        assertThat(events.of(named(name))).isNotNull();
    }

    @Test
    void aSourceThatNamesAConnectorTellsAnEventWithAnotherName() {
        // Given
        Schema source =
                SchemaBuilder.struct().field("connector", Schema.STRING_SCHEMA).build();
        Schema schema = SchemaBuilder.struct()
                .name("com.example.Renamed")
                .field("op", Schema.STRING_SCHEMA)
                .field("after", ROW)
                .field("source", source)
                .build();
        Struct value = new Struct(schema)
                .put("op", "c")
                .put("after", new Struct(ROW).put("id", 1L))
                .put("source", new Struct(source).put("connector", "mysql"));

        // Then
        assertThat(events.of(record(schema, value))).isNotNull();
        assertThat(events.of(record(
                        null,
                        Map.of("op", "c", "after", Map.of("id", 1), "source", Map.of("connector", "postgresql")))))
                .isNotNull();
    }
}
