// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.transforms.mask.Decryptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Shared by the suites of {@link MaskFields}. */
abstract class MaskSuite extends TransformSuite {

    static final String HASH_KEY = "0123456789abcdef-of-hashes";
    static final String KEYS = "k1:" + Base64.getEncoder().encodeToString(new byte[32]);
    static final Decryptor DECRYPTOR = new Decryptor(KEYS);

    static final String PLACEHOLDER = "__debezium_unavailable_value";

    MaskSuite(SampleEvents events) {
        super(events);
    }

    @Override
    protected Transformation<SourceRecord> create() {
        return new MaskFields<>();
    }

    @Override
    protected Map<String, String> requiredOptions() {
        return Map.of("rules", "*.customers.email=hash", "hash.key", HASH_KEY, "encrypt.keys", KEYS);
    }

    /** They can contain anything. */
    @Test
    public void valuesWithoutFieldsPassThrough() {
        for (String topic : List.of("any", "shop.shop.customers")) {
            SourceRecord text = new SourceRecord(Map.of(), Map.of(), topic, null, null, null, null, "text", null);
            assertThatThrownBy(() -> with("rules", "**.email=hash").apply(text)).isInstanceOf(DataException.class);
        }
        SourceRecord other = new SourceRecord(Map.of(), Map.of(), "a.b.other", null, null, null, null, "text", null);
        assertThat(with("rules", "shop.customers.email=hash").apply(other)).isSameAs(other);
        SourceRecord text = new SourceRecord(Map.of(), Map.of(), "any", null, null, null, null, "text", null);
        assertThat(with("unknown.table", "pass").apply(text)).isSameAs(text);
    }

    protected static String hash(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HASH_KEY.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The columns of a customer after masking. */
    protected final Map<String, @Nullable Object> after(String rules, String... options) {
        return masked(customer(), rules, options);
    }

    /** The columns of a row after masking. */
    protected final Map<String, @Nullable Object> masked(Map<String, ?> row, String rules, String... options) {
        List<String> all = new ArrayList<>(List.of("rules", rules));
        all.addAll(List.of(options));
        return part(row(with(all.toArray(String[]::new)), events.create(row)), "after");
    }

    protected static SourceRecord applied(Transformation<SourceRecord> transform, SourceRecord record) {
        return Objects.requireNonNull(transform.apply(record));
    }

    @SuppressWarnings("unchecked")
    protected static Map<String, @Nullable Object> part(Map<String, @Nullable Object> event, String name) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(event.get(name));
    }

    @SuppressWarnings("unchecked")
    protected static Map<String, @Nullable Object> plainMap(Object value) {
        return (Map<String, @Nullable Object>) Objects.requireNonNull(SampleEvents.plain(value));
    }

    protected static Map<String, @Nullable Object> columns(Map<String, ?> row) {
        return plainMap(SampleEvents.struct(SampleSchemas.ROW, row));
    }

    /** The record with another key, which has one column. */
    protected final SourceRecord withKey(SourceRecord record, String column, String value) {
        return withKey(record, column, Schema.STRING_SCHEMA, value);
    }

    protected final SourceRecord withKey(SourceRecord record, String column, Schema type, Object value) {
        Schema schema = SchemaBuilder.struct()
                .name(SampleSchemas.KEY.name())
                .field(column, type)
                .build();
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                events.hasSchemas() ? schema : null,
                events.hasSchemas() ? new Struct(schema).put(column, value) : Map.of(column, value),
                record.valueSchema(),
                record.value(),
                record.timestamp());
    }

    protected static SourceRecord tombstone(SourceRecord record) {
        return record.newRecord(record.topic(), null, record.keySchema(), record.key(), null, null, null);
    }

    /** The record on another topic, with its schemas renamed accordingly. */
    protected static SourceRecord onTopic(String topic, SourceRecord record) {
        return renamed(topic, topic, record);
    }

    protected static SourceRecord withoutNames(String topic, SourceRecord record) {
        return renamed(topic, null, record);
    }

    protected static SourceRecord renamed(String topic, @Nullable String name, SourceRecord record) {
        Struct key = record.key() instanceof Struct struct ? renamed(name, struct) : null;
        Struct value = record.value() instanceof Struct struct ? renamed(name, struct) : null;
        return record.newRecord(
                topic,
                null,
                key == null ? record.keySchema() : key.schema(),
                key == null ? record.key() : key,
                value == null ? record.valueSchema() : value.schema(),
                value == null ? record.value() : value,
                record.timestamp());
    }

    private static Struct renamed(@Nullable String name, Struct struct) {
        SchemaBuilder builder = SchemaBuilder.struct().name(name);
        struct.schema().fields().forEach(field -> builder.field(field.name(), field.schema()));
        Struct copy = new Struct(builder.build());
        struct.schema().fields().forEach(field -> copy.put(field.name(), struct.get(field)));
        return copy;
    }

    protected static SourceRecord without(String part, SourceRecord record) {
        if (record.value() instanceof Map<?, ?> map) {
            Map<Object, Object> copy = new HashMap<>(map);
            copy.remove(part);
            return withValue(record, null, copy);
        }
        Struct struct = (Struct) record.value();
        SchemaBuilder builder = SchemaBuilder.struct().name(struct.schema().name());
        struct.schema().fields().stream()
                .filter(field -> !field.name().equals(part))
                .forEach(field -> builder.field(field.name(), field.schema()));
        Struct copy = new Struct(builder.build());
        copy.schema().fields().forEach(field -> copy.put(field, struct.get(field.name())));
        return withValue(record, copy.schema(), copy);
    }

    @SuppressWarnings("unchecked")
    protected static SourceRecord withSource(String name, String value, SourceRecord record) {
        if (record.value() instanceof Struct struct) {
            struct.getStruct("source").put(name, value);
        } else {
            ((Map<String, Object>) Objects.requireNonNull(((Map<?, ?>) record.value()).get("source"))).put(name, value);
        }
        return record;
    }

    protected static SourceRecord withValue(SourceRecord record, @Nullable Schema schema, Object value) {
        return record.newRecord(
                record.topic(), null, record.keySchema(), record.key(), schema, value, record.timestamp());
    }

    /** Everything in a record, as text; bytes as the text that they contain. */
    protected static String everything(SourceRecord record) {
        StringBuilder all = new StringBuilder();
        add(all, record.key());
        add(all, record.value());
        Headers headers = record.headers();
        for (Header header : headers) {
            add(all, header.value());
        }
        return all.toString();
    }

    private static void add(StringBuilder all, @Nullable Object value) {
        Object plain = SampleEvents.plain(value);
        if (plain instanceof Map<?, ?> map) {
            map.forEach((name, part) -> {
                add(all, name);
                add(all, part);
            });
        } else if (plain instanceof List<?> list) {
            list.forEach(part -> add(all, part));
        } else {
            all.append(
                            plain instanceof byte[] bytes
                                    ? new String(bytes, StandardCharsets.UTF_8)
                                    : String.valueOf(plain))
                    .append('\n');
        }
    }

    /** A masked flat row of the table s.t with one column. */
    protected final Struct flat(Schema column, @Nullable Object value, String rules) {
        Schema schema = SchemaBuilder.struct()
                .name("p.s.t.Value")
                .field("c", column)
                .field("d", Schema.OPTIONAL_STRING_SCHEMA)
                .build();
        Struct row = new Struct(schema).put("d", "d");
        if (value != null) {
            row.put("c", value);
        }
        Struct masked = (Struct) Objects.requireNonNull(
                applied(with("rules", rules), new SourceRecord(Map.of(), Map.of(), "x", schema, row))
                        .value());
        masked.validate();
        return masked;
    }
}
