// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/** Shared by the suites of {@link OutboxRouter}. */
abstract class OutboxSuite extends TransformSuite {

    protected static final String ID = "406c07f3-26f0-4eea-a50c-109940064b8f";
    protected static final String ORDER = "{\"order\": 4711, \"items\": [{\"sku\": \"tea\", \"count\": 2}]}";

    /** Events of the outbox table; {@code events} are those of another table. */
    protected final SampleEvents outbox;

    OutboxSuite(SampleEvents events) {
        super(events);
        outbox = SampleOutbox.of(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new OutboxRouter<>();
    }

    @Override
    protected Map<String, String> requiredOptions() {
        return Map.of("table", "shop.outbox");
    }

    protected static SourceRecord message(Transformation<SourceRecord> transform, SourceRecord record) {
        SourceRecord message = Objects.requireNonNull(transform.apply(record), "the record was dropped");
        assertThat(message).isNotSameAs(record);
        return message;
    }

    protected static Map<String, @Nullable Object> headers(SourceRecord record) {
        Map<String, @Nullable Object> headers = new LinkedHashMap<>();
        StreamSupport.stream(record.headers().spliterator(), false)
                .forEach((Header header) -> assertThat(headers.put(header.key(), header.value()))
                        .as(header.key())
                        .isNull());
        return headers;
    }

    protected static void holdsNoValue(Throwable thrown) {
        assertThat(thrown.getMessage()).doesNotContain(ID, "4711", "OrderPlaced", "tea");
    }

    protected static SourceRecord renamed(SourceRecord record) {
        return record.newRecord(
                "renamed",
                null,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp());
    }

    protected static SourceRecord timeless(SourceRecord record) {
        return record.newRecord(
                record.topic(), null, record.keySchema(), record.key(), record.valueSchema(), record.value(), null);
    }

    /** The event after a transform that removes {@code source}. */
    /** The same event with a source that does not name its table. */
    protected static SourceRecord withoutTable(SourceRecord record) {
        if (!(record.value() instanceof Struct event)) {
            Map<Object, @Nullable Object> map = new LinkedHashMap<>((Map<?, ?>) record.value());
            map.put("source", Map.of("connector", "postgresql"));
            return record.newRecord(record.topic(), null, null, record.key(), null, map, record.timestamp());
        }
        Schema source =
                SchemaBuilder.struct().field("connector", Schema.STRING_SCHEMA).build();
        SchemaBuilder schema = SchemaBuilder.struct().name(event.schema().name());
        event.schema()
                .fields()
                .forEach(field -> schema.field(field.name(), field.name().equals("source") ? source : field.schema()));
        Struct value = new Struct(schema.build());
        event.schema()
                .fields()
                .forEach(field -> value.put(
                        field.name(),
                        field.name().equals("source")
                                ? new Struct(source).put("connector", "postgresql")
                                : event.get(field)));
        return record.newRecord(
                record.topic(), null, record.keySchema(), record.key(), value.schema(), value, record.timestamp());
    }
}
