// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.transforms.outbox.EventRouter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares OutboxRouter with Debezium's EventRouter, for the same options and the same rows: the records are the same,
 * part by part. {@link OutboxRouterDifferencesTest} shows the cases in which they differ on purpose.
 */
class OutboxRouterOracleTest {

    private static final int ROUNDS = 150;
    private static final int RECORDS = 10;

    static {
        // It logs a stack trace for each payload that it cannot expand.
        System.setProperty("org.slf4j.simpleLogger.log.io.debezium.transforms.outbox", "off");
        System.setProperty("org.slf4j.simpleLogger.log.dev.tributary.transforms.outbox", "off");
    }

    private final long seed = Long.getLong("seed", System.nanoTime());
    private final Random random = new Random(seed);

    @Test
    void theRecordsEqualDebeziums() {
        System.out.println("OutboxRouterOracleTest seed " + seed);
        int messages = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            Map<String, String> options = options();
            OutboxRouter<SourceRecord> ours = new OutboxRouter<>();
            ours.configure(options);
            SampleEvents events = SampleEvents.withSchemas().of("outbox", schema());
            Json json = new Json(random, "optional_bytes".equals(options.get("table.json.payload.null.behavior")));
            EventRouter<SourceRecord> debezium = debezium(options);
            // What it caches about envelopes makes its result for the next one wrong.
            boolean remembers = String.valueOf(options.get("table.fields.additional.placement"))
                    .contains("envelope");

            for (int i = 0; i < RECORDS; i++) {
                if (random.nextInt(RECORDS) == 0) {
                    events = SampleEvents.withSchemas().of("outbox", schema());
                }
                SourceRecord record = record(events, json);

                // When
                Outcome expected = Outcome.of(remembers ? debezium(options) : debezium, copy(record));
                Outcome actual = Outcome.of(ours, copy(record));

                // Then
                assertThat(actual)
                        .as(() -> "seed " + seed + ", " + options + ": " + record)
                        .isEqualTo(expected);
                messages += expected instanceof Outcome.Message ? 1 : 0;
            }
        }
        assertThat(messages).isGreaterThan(ROUNDS * RECORDS / 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ignore", "optional_bytes"})
    void objectsInOneArrayHaveTheFieldsOfAll(String nulls) {
        // Given
        System.out.println("OutboxRouterOracleTest seed " + seed);
        SampleEvents events = SampleEvents.withSchemas().of("outbox", SampleOutbox.ROW);
        Map<String, String> options =
                Map.of("table.expand.json.payload", "true", "table.json.payload.null.behavior", nulls);
        Json json = new Json(random, nulls.equals("optional_bytes"));
        EventRouter<SourceRecord> debezium = debezium(options);
        OutboxRouter<SourceRecord> ours = new OutboxRouter<>();
        ours.configure(options);

        for (int round = 0; round < 300; round++) {
            String payload = json.differentObjects();
            SourceRecord record = events.create(SampleOutbox.entry("payload", payload));

            // When
            SourceRecord expected = Objects.requireNonNull(debezium.apply(copy(record)));
            SourceRecord actual = Objects.requireNonNull(ours.apply(copy(record)));

            // Then: Debezium's order of fields is random
            String what = "seed " + seed + ", " + payload;
            assertThat(SampleEvents.plain(actual.value())).as(what).isEqualTo(SampleEvents.plain(expected.value()));
            assertThat(described(actual.valueSchema())).as(what).isEqualTo(described(expected.valueSchema()));
        }
    }

    /**
     * A schema without the order of its fields, and without whether elements are optional, in which Debezium differs.
     */
    private static String described(Schema schema) {
        return schema.isOptional() + " " + describedElement(schema);
    }

    private static String describedElement(Schema schema) {
        String parts = switch (schema.type()) {
            case STRUCT ->
                new TreeMap<>(schema.fields().stream()
                                .collect(Collectors.toMap(Field::name, field -> described(field.schema()))))
                        .toString();
            case ARRAY -> describedElement(schema.valueSchema());
            default -> "";
        };
        return schema.type() + " " + schema.name() + " " + parts;
    }

    private static EventRouter<SourceRecord> debezium(Map<String, String> options) {
        EventRouter<SourceRecord> router = new EventRouter<>();
        router.configure(options);
        return router;
    }

    private Map<String, String> options() {
        Map<String, String> options = new HashMap<>();
        maybe(options, "table.field.event.id", "id", "type", "count");
        maybe(options, "table.field.event.key", "aggregateid", "type", "count", "body");
        maybe(options, "table.field.event.payload", "payload", "payload", "body", "count");
        maybe(options, "table.field.event.timestamp", "created", "created", "created", "count");
        maybe(options, "route.by.field", "aggregatetype", "type");
        maybe(options, "route.topic.replacement", "${routedByValue}", "events.$1", "fixed", "a-${routedByValue}.b");
        if (random.nextInt(4) == 0) {
            options.put("route.topic.regex", pick("(.*)-(.*)", "([a-z]+)", "o(.*?)"));
            options.put("route.topic.replacement", pick("x.$1", "fixed", "$1$1.y"));
        }
        if (random.nextInt(3) > 0) {
            List<String> placed = new ArrayList<>(List.of(
                    "type:header",
                    "type:envelope",
                    "count:header:how-many",
                    "tenant:header",
                    "tenant:envelope:who",
                    "count:envelope",
                    "body:envelope",
                    "body:header",
                    "shard:partition",
                    "aggregatetype:envelope:kind"));
            if (random.nextInt(5) == 0) {
                placed.add("nowhere:" + pick("header", "envelope", "envelope:there"));
            }
            Collections.shuffle(placed, random);
            List<String> chosen = placed.subList(0, 1 + random.nextInt(5));
            options.put("table.fields.additional.placement", String.join(pick(",", ", "), chosen));
            if (chosen.stream().anyMatch(one -> one.contains("envelope"))) {
                maybe(options, "table.field.event.schema.version", "version");
            }
        }
        maybe(options, "table.field.additional.missing", "ignore", "error");
        maybe(options, "route.tombstone.on.empty.payload", "true", "false");
        maybe(options, "table.expand.json.payload", "true", "true", "true", "false");
        maybe(options, "table.json.payload.null.behavior", "ignore", "optional_bytes");
        maybe(options, "table.op.invalid.behavior", "warn", "error", "fatal");
        if (random.nextInt(30) == 0) {
            options.put(
                    pick(
                            "table.field.event.id",
                            "table.field.event.key",
                            "table.field.event.payload",
                            "table.field.event.timestamp",
                            "route.by.field"),
                    "nowhere");
        }
        return options;
    }

    private void maybe(Map<String, String> options, String name, String... values) {
        if (random.nextBoolean()) {
            options.put(name, pick(values));
        }
    }

    @SafeVarargs
    private <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private Schema schema() {
        Map<String, Schema> columns = new LinkedHashMap<>();
        columns.put("id", pick(Schema.STRING_SCHEMA, Schema.INT64_SCHEMA));
        columns.put("aggregatetype", pick(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA));
        columns.put("aggregateid", pick(Schema.OPTIONAL_STRING_SCHEMA, Schema.INT64_SCHEMA, Schema.BYTES_SCHEMA));
        columns.put("type", pick(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA));
        columns.put(
                "payload",
                pick(
                        Schema.OPTIONAL_STRING_SCHEMA,
                        SchemaBuilder.string()
                                .name("io.debezium.data.Json")
                                .version(1)
                                .optional()
                                .build()));
        columns.put("tenant", Schema.OPTIONAL_STRING_SCHEMA);
        columns.put("count", pick(Schema.OPTIONAL_INT32_SCHEMA, Schema.INT64_SCHEMA));
        columns.put("shard", Schema.OPTIONAL_INT32_SCHEMA);
        columns.put("version", Schema.OPTIONAL_INT32_SCHEMA);
        columns.put("body", pick(Schema.OPTIONAL_BYTES_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA));
        SchemaBuilder created = SchemaBuilder.int64()
                .name(pick(
                        "io.debezium.time.Timestamp",
                        "io.debezium.time.MicroTimestamp",
                        "io.debezium.time.NanoTimestamp"))
                .version(1);
        columns.put("created", random.nextBoolean() ? created.optional().build() : created.build());
        SchemaBuilder row = SchemaBuilder.struct().optional();
        if (random.nextInt(5) > 0) {
            row.name(pick("shop.shop.outbox.Value", "outbox"));
        }
        List<String> order = new ArrayList<>(columns.keySet());
        Collections.shuffle(order, random);
        order.forEach(column -> row.field(column, columns.get(column)));
        return row.build();
    }

    private SourceRecord record(SampleEvents events, Json json) {
        SourceRecord record = switch (random.nextInt(20)) {
            case 0 -> events.delete(row(events, json));
            case 1 -> events.update(null, row(events, json));
            case 2 -> events.tombstone(row(events, json));
            case 3 -> events.heartbeat();
            case 4, 5 -> events.read(row(events, json));
            default -> events.create(row(events, json));
        };
        SourceRecord timeless = record.newRecord(
                record.topic(), null, record.keySchema(), record.key(), record.valueSchema(), record.value(), null);
        if (random.nextInt(4) == 0) {
            timeless.headers().addString("trace", "00-1");
        }
        return timeless;
    }

    private static SourceRecord copy(SourceRecord record) {
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                record.headers().duplicate());
    }

    private Map<String, ?> row(SampleEvents events, Json json) {
        Map<String, @Nullable Object> row = new HashMap<>();
        for (var column : events.row().fields()) {
            Object value = switch (column.name()) {
                case "payload" -> json.payload();
                case "aggregatetype", "type" -> pick("order", "bill-paid", "customer", "o-1");
                case "created" -> 1_790_000_000_123_456_789L / pick(1L, 1_000L, 1_000_000L);
                case "shard", "version" -> random.nextInt(3);
                default -> value(column.schema());
            };
            boolean isNull = column.schema().isOptional() && random.nextInt(8) == 0;
            row.put(column.name(), isNull ? null : value);
        }
        return row;
    }

    private Object value(Schema schema) {
        return switch (schema.type()) {
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case BYTES -> new byte[] {1, (byte) random.nextInt()};
            default -> pick("a", "{}", "some text " + random.nextInt(10));
        };
    }

    /** What a transform does to a record. */
    private sealed interface Outcome {

        /** The record stays as it is. */
        record Untouched() implements Outcome {}

        record Dropped() implements Outcome {}

        record Failed() implements Outcome {}

        record Message(
                String topic,
                @Nullable Integer partition,
                @Nullable Schema keySchema,
                @Nullable Object key,
                @Nullable Object value,
                @Nullable Schema valueSchema,
                @Nullable Long timestamp,
                List<Header> headers)
                implements Outcome {}

        static Outcome of(Transformation<SourceRecord> transform, SourceRecord record) {
            SourceRecord sent;
            try {
                sent = transform.apply(record);
            } catch (ConfigException e) {
                throw e;
            } catch (RuntimeException e) {
                return new Failed();
            }
            if (sent == null) {
                return new Dropped();
            }
            if (sent.equals(record) && sent.topic().equals(record.topic())) {
                return new Untouched();
            }
            return new Message(
                    sent.topic(),
                    sent.kafkaPartition(),
                    sent.keySchema(),
                    sent.key(),
                    sent.value(),
                    sent.valueSchema(),
                    sent.timestamp(),
                    StreamSupport.stream(sent.headers().spliterator(), false).toList());
        }
    }

    /** JSON that Debezium expands correctly. */
    private record Json(Random random, boolean keepNulls) {

        @Nullable
        String payload() {
            return switch (random.nextInt(12)) {
                case 0 -> "";
                case 1 -> "  ";
                case 2 -> "no JSON";
                case 3 -> "{\"broken\":";
                case 4 -> "{\"mixed\":" + (random.nextBoolean() ? "[1,\"a\"]}" : "[{\"a\":1},2]}");
                default -> object(3);
            };
        }

        private String object(int depth) {
            return IntStream.range(0, random.nextInt(5))
                    .mapToObj(i -> "\"" + name() + "\":" + value(depth - 1))
                    .collect(Collectors.joining(",", "{", "}"));
        }

        /** There are few names, so that some occur twice in one object. */
        private String name() {
            return List.of("a", "b", "c", "some name", "d.e", "ü").get(random.nextInt(6));
        }

        private String value(int depth) {
            return switch (random.nextInt(depth > 0 ? 9 : 6)) {
                case 0 -> "null";
                case 6 -> object(depth);
                case 7 -> array(depth);
                case 8 -> keepNulls ? "[null]" : "[]";
                default -> scalar(random.nextInt(6));
            };
        }

        private String scalar(int kind) {
            return switch (kind) {
                case 0 -> "\"text \\u00fc \\n\"";
                case 1 -> String.valueOf(random.nextInt());
                case 2 -> String.valueOf((1L << 40) + random.nextInt());
                case 3 -> String.valueOf(random.nextDouble() * 1_000);
                case 4 -> "1e" + random.nextInt(300);
                default -> String.valueOf(random.nextBoolean());
            };
        }

        /**
         * An array of objects, some of which lack a field or have a null in it. A name always has one type. No object
         * is null, since Debezium's schema does not allow that if the objects differ.
         */
        String differentObjects() {
            return IntStream.range(0, 1 + random.nextInt(4))
                    .mapToObj(i -> Stream.of("text", "int", "long", "list", "flag")
                            .filter(name -> random.nextBoolean())
                            .map(name -> "\"" + name + "\":"
                                    + switch (random.nextInt(5) == 0 ? "" : name) {
                                        case "text" -> "\"x\"";
                                        case "int" -> "7";
                                        case "long" -> "5000000000";
                                        case "list" -> keepNulls || random.nextBoolean() ? "[{\"a\":1}]" : "[]";
                                        case "flag" -> "true";
                                        default -> "null";
                                    })
                            .collect(Collectors.joining(",", "{", "}")))
                    .collect(Collectors.joining(",", "{\"all\":[{},", "]}"));
        }

        /** An array whose elements have one type. */
        private String array(int depth) {
            int kind = random.nextInt(9);
            String object = object(depth - 1);
            Stream<String> elements = IntStream.range(0, 1 + random.nextInt(3)).mapToObj(i -> switch (kind) {
                case 6 -> object;
                case 7 -> "[1,null]";
                case 8 -> "[" + object + "]";
                default -> scalar(kind);
            });
            return "[" + (random.nextBoolean() ? "null," : "") + String.join(",", elements.toList()) + "]";
        }
    }
}
