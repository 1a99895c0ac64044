// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The comparison finds differences, wherever they are. */
class RecordComparisonTest {

    private static final Schema ROW = SchemaBuilder.struct()
            .name("row")
            .field("text", Schema.OPTIONAL_STRING_SCHEMA)
            .field("bytes", Schema.BYTES_SCHEMA)
            .field("list", SchemaBuilder.array(Schema.FLOAT64_SCHEMA).build())
            .field(
                    "map",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.STRING_SCHEMA)
                            .build())
            .build();

    private static final Schema ENVELOPE = SchemaBuilder.struct()
            .field("after", ROW)
            .field("source", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();

    private record Mutation(String where, UnaryOperator<SourceRecord> change) {

        @Override
        public String toString() {
            return where;
        }
    }

    private static Stream<Mutation> mutations() {
        return Stream.of(
                new Mutation("topic", r -> with(r, "other", r.keySchema(), r.key(), r.timestamp())),
                new Mutation("key", r -> with(r, r.topic(), r.keySchema(), "other", r.timestamp())),
                new Mutation("key <schema>", r -> with(r, r.topic(), Schema.OPTIONAL_STRING_SCHEMA, r.key(), null)),
                new Mutation("timestamp", r -> with(r, r.topic(), r.keySchema(), r.key(), 1L)),
                new Mutation("offset", r -> offset(r, "lsn", 2L)),
                new Mutation("number of headers", r -> header(r, "second", "h")),
                new Mutation("value after text", r -> field(r, "text", "other")),
                new Mutation("value after text", r -> field(r, "text", null)),
                new Mutation("value after bytes", r -> field(r, "bytes", new byte[] {1, 3})),
                new Mutation("value after list 1", r -> field(r, "list", List.of(0.0, 0.0))),
                new Mutation("value after list size", r -> field(r, "list", List.of(0.0))),
                new Mutation("value after map a", r -> field(r, "map", Map.of("a", "c"))),
                new Mutation("value after map keys", r -> field(r, "map", Map.of())));
    }

    @ParameterizedTest
    @MethodSource("mutations")
    void eachDifferenceIsFound(Mutation mutation) {
        // Given
        SourceRecord mutated = mutation.change().apply(record(1));

        // When
        Differences found = RecordComparison.between(List.of(record(1)), List.of(mutated));

        // Then
        assertThat(found.isEmpty()).isFalse();
        assertThat(found.toString()).contains(mutation.where());
    }

    @Test
    void processingTimesOurOffsetKeysAndTheWrappingOfBytesMayDiffer() {
        // Given
        SourceRecord later = offset(field(record(2), "bytes", ByteBuffer.wrap(new byte[] {1, 2})), "tx_lsn", 7L);

        // When
        Differences found = RecordComparison.between(List.of(record(1)), List.of(later));

        // Then
        assertThat(found.isEmpty()).as(found.toString()).isTrue();
    }

    @Test
    void aMissingRecordIsFound() {
        // When
        Differences found = RecordComparison.between(List.of(record(1), record(1)), List.of(record(1)));

        // Then
        assertThat(found.toString()).contains("number of records");
    }

    private static SourceRecord record(long time) {
        Struct row = new Struct(ROW)
                .put("text", "a")
                .put("bytes", new byte[] {1, 2})
                .put("list", List.of(0.0, -0.0))
                .put("map", Map.of("a", "b"));
        Struct value = new Struct(ENVELOPE).put("after", row).put("source", "s").put("ts_ms", time);
        ConnectHeaders headers = new ConnectHeaders();
        headers.addString("first", "h");
        return new SourceRecord(
                Map.of("server", "s"),
                Map.of("lsn", 1L),
                "t",
                null,
                Schema.STRING_SCHEMA,
                "k",
                ENVELOPE,
                value,
                null,
                headers);
    }

    private static SourceRecord with(
            SourceRecord r, String topic, Schema keySchema, Object key, @Nullable Long timestamp) {
        return r.newRecord(
                topic, r.kafkaPartition(), keySchema, key, r.valueSchema(), r.value(), timestamp, r.headers());
    }

    private static SourceRecord offset(SourceRecord r, String key, long value) {
        Map<String, Object> offset = new HashMap<>(r.sourceOffset());
        offset.put(key, value);
        return new SourceRecord(
                r.sourcePartition(),
                offset,
                r.topic(),
                r.kafkaPartition(),
                r.keySchema(),
                r.key(),
                r.valueSchema(),
                r.value(),
                r.timestamp(),
                r.headers());
    }

    private static SourceRecord header(SourceRecord r, String name, String value) {
        r.headers().addString(name, value);
        return r;
    }

    private static SourceRecord field(SourceRecord r, String name, @Nullable Object value) {
        ((Struct) r.value()).getStruct("after").put(name, value);
        return r;
    }
}
