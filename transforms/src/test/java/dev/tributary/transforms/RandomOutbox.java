// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Random options of an outbox router, schemas of outbox tables, and records about them, for which OutboxRouter and
 * Debezium's EventRouter agree.
 *
 * @param random decides everything
 */
record RandomOutbox(Random random) {

    Map<String, String> options() {
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

    /** A time in the past: of those to come, only Debezium makes timestamps. */
    private static long created(Schema schema) {
        long nanos = 1_690_000_000_123_456_789L;
        return switch (schema.name()) {
            case "io.debezium.time.Timestamp" -> nanos / 1_000_000;
            case "io.debezium.time.MicroTimestamp" -> nanos / 1_000;
            default -> nanos;
        };
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

    Schema schema() {
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

    SourceRecord record(SampleEvents events, RandomJson json) {
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

    private Map<String, ?> row(SampleEvents events, RandomJson json) {
        Map<String, @Nullable Object> row = new HashMap<>();
        for (var column : events.row().fields()) {
            Object value = switch (column.name()) {
                case "payload" -> json.payload();
                case "aggregatetype", "type" -> pick("order", "bill-paid", "customer", "o-1");
                case "created" -> created(column.schema());
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
}
