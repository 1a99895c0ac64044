// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.transforms.ExtractNewRecordState;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Debezium's ExtractNewRecordState gives the same results for the same events, except where the page of FlattenChange
 * says otherwise.
 */
class FlattenChangeOracleTest {

    private static final Schema WIDER = SchemaBuilder.struct()
            .name("shop.shop.customers.Value")
            .version(3)
            .parameter("about", "people")
            .field("id", Schema.INT64_SCHEMA)
            .field("name", SchemaBuilder.string().defaultValue("nobody").build())
            .field(
                    "email",
                    SchemaBuilder.string().optional().defaultValue("none").build())
            .field("nick", Schema.OPTIONAL_STRING_SCHEMA)
            .optional()
            .build();

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "tombstone | delete-to-tombstone | '' | ''",
                "tombstone | delete-to-tombstone | op,lsn | op,source.ts_ms",
                "rewrite | rewrite | '' | ''",
                "rewrite | rewrite | op,ts_ms,ts_ns,source.table,snapshot,xmin,id | ''",
                "both | rewrite-with-tombstone | total_order:nth,transaction.id | op:did,txId",
                "drop | drop | source.lsn:at,nowhere,source.nothing | transaction.id"
            })
    void theRecordsAreTheSame(String ours, String debeziums, String fields, String headers) {
        System.out.println("FlattenChangeOracleTest seed " + seed);
        // Given
        try (Transformation<SourceRecord> flatten = new FlattenChange<>();
                Transformation<SourceRecord> extract = new ExtractNewRecordState<>()) {
            Map<String, String> common = Map.of("add.fields", fields, "add.headers", headers);
            flatten.configure(with(common, "deletes", ours));
            extract.configure(with(
                    with(common, "delete.tombstone.handling.mode", debeziums), "replace.null.with.default", "false"));

            for (int round = 0; round < 500; round++) {
                SampleEvents events = random.nextBoolean()
                        ? SampleEvents.withSchemas()
                        : SampleEvents.withSchemas().of(WIDER);
                for (SourceRecord record : change(events)) {
                    // When
                    SourceRecord flat = flatten.apply(copy(record));

                    // Then
                    boolean rowAsItIs = fields.isEmpty() && !ours.equals("rewrite");
                    String expected = shown(extract.apply(copy(record)));
                    assertThat(shown(flat)).isEqualTo(rowAsItIs ? optional(expected) : expected);
                }
            }
        }
    }

    @Test
    void byDefaultDebeziumsTombstoneHasASchemaAndOursHasNone() {
        // Given
        SourceRecord delete = SampleEvents.withSchemas().delete(SampleEvents.customer());
        try (Transformation<SourceRecord> flatten = new FlattenChange<>();
                Transformation<SourceRecord> extract = new ExtractNewRecordState<>()) {
            flatten.configure(Map.of());
            extract.configure(Map.of());

            // Then
            assertThat(flatten.apply(delete))
                    .satisfies(record -> assertThat(record.value()).isNull());
            assertThat(flatten.apply(delete).valueSchema()).isNull();
            assertThat(extract.apply(delete).value()).isNull();
            assertThat(extract.apply(delete).valueSchema()).isNotNull();
        }
    }

    @Test
    void aNullStaysNullWhereDebeziumByDefaultWritesTheColumnsDefault() {
        // Given
        SourceRecord read = SampleEvents.withSchemas().of(WIDER).read(SampleEvents.customer("email", null));
        try (Transformation<SourceRecord> flatten = new FlattenChange<>();
                Transformation<SourceRecord> extract = new ExtractNewRecordState<>()) {
            flatten.configure(Map.of("deletes", "rewrite"));
            extract.configure(Map.of("delete.tombstone.handling.mode", "rewrite"));

            // Then
            assertThat(((Struct) flatten.apply(read).value()).getWithoutDefault("email"))
                    .isNull();
            assertThat(((Struct) extract.apply(read).value()).getWithoutDefault("email"))
                    .isEqualTo("none");
        }
    }

    private List<SourceRecord> change(SampleEvents events) {
        Map<String, @Nullable Object> row = row();
        return switch (random.nextInt(7)) {
            case 0 -> List.of(events.create(row));
            case 1 -> List.of(events.read(row));
            case 2 -> List.of(events.update(null, row));
            case 3 -> List.of(events.update(row(), row));
            case 4 -> List.of(events.truncate());
            case 5 -> List.of(events.message());
            default -> List.of(events.delete(row), events.tombstone(row));
        };
    }

    private Map<String, @Nullable Object> row() {
        Map<String, @Nullable Object> row = SampleEvents.customer("id", (long) random.nextInt(5));
        for (String column : List.of("email", "region", "balance", "profile", "labels", "extras", "address", "nick")) {
            if (random.nextInt(3) == 0) {
                row.put(column, null);
            }
        }
        if (random.nextBoolean()) {
            row.put("photo", new byte[] {(byte) random.nextInt()});
            row.put("balance", new BigDecimal(random.nextInt()).movePointLeft(2));
        }
        return row;
    }

    /** A row that is passed on unchanged keeps its own schema, which is optional. */
    private static String optional(String shown) {
        return shown.replaceFirst("(STRUCT shop.shop.customers.Value \\w+) false", "$1 true");
    }

    private static Map<String, String> with(Map<String, String> options, String name, String value) {
        Map<String, String> all = new HashMap<>(options);
        all.put(name, value);
        return all;
    }

    private static SourceRecord copy(SourceRecord record) {
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp());
    }

    /**
     * Everything in a record as text. Schemas are compared as text as well, since {@code Schema} has no text form of
     * its own.
     */
    private static String shown(@Nullable SourceRecord record) {
        if (record == null) {
            return "no record";
        }
        List<Object> headers = new ArrayList<>();
        record.headers()
                .forEach(header -> headers.add(header.key() + "=" + header.value() + " " + described(header.schema())));
        return String.join(
                "\n",
                record.topic(),
                String.valueOf(record.key()),
                described(record.keySchema()),
                String.valueOf(shownValue(record.value())),
                described(record.valueSchema()),
                String.valueOf(record.timestamp()),
                headers.toString());
    }

    private static @Nullable Object shownValue(@Nullable Object value) {
        Object plain = SampleEvents.plain(value);
        if (plain instanceof Map<?, ?> map) {
            Map<Object, @Nullable Object> shown = new LinkedHashMap<>();
            map.forEach((name, part) ->
                    shown.put(name, part instanceof byte[] bytes ? List.of(bytes[0]) : shownValue(part)));
            return shown;
        }
        return plain;
    }

    private static String described(@Nullable Schema schema) {
        if (schema == null) {
            return "no schema";
        }
        StringBuilder text = new StringBuilder()
                .append(schema.type())
                .append(' ')
                .append(schema.name())
                .append(' ')
                .append(schema.version())
                .append(' ')
                .append(schema.isOptional())
                .append(' ')
                .append(schema.defaultValue())
                .append(' ')
                .append(schema.parameters());
        if (schema.type() == Schema.Type.STRUCT) {
            schema.fields()
                    .forEach(field ->
                            text.append("\n  ").append(field.name()).append(' ').append(described(field.schema())));
        }
        return text.toString();
    }
}
