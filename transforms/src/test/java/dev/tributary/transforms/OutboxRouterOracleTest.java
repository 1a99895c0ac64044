// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static org.assertj.core.api.Assertions.assertThat;

import io.debezium.transforms.outbox.EventRouter;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Compares OutboxRouter with Debezium's EventRouter, for the same options and the same rows: the records are the same,
 * part by part. {@link OutboxRouterDifferencesTest} and {@link OutboxJsonDifferencesTest} show the cases in which they
 * differ on purpose.
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
    private final RandomOutbox generator = new RandomOutbox(random);

    @Test
    void theRecordsEqualDebeziums() {
        System.out.println("OutboxRouterOracleTest seed " + seed);
        int messages = 0;
        for (int round = 0; round < ROUNDS; round++) {
            // Given
            Map<String, String> options = generator.options();
            OutboxRouter<SourceRecord> ours = new OutboxRouter<>();
            ours.configure(options);
            SampleEvents events = SampleEvents.withSchemas().of("outbox", generator.schema());
            RandomJson json =
                    new RandomJson(random, "optional_bytes".equals(options.get("table.json.payload.null.behavior")));
            EventRouter<SourceRecord> debezium = debezium(options);
            // What it caches about envelopes makes its result for the next one wrong.
            boolean caches = String.valueOf(options.get("table.fields.additional.placement"))
                    .contains("envelope");

            for (int i = 0; i < RECORDS; i++) {
                if (random.nextInt(RECORDS) == 0) {
                    events = SampleEvents.withSchemas().of("outbox", generator.schema());
                }
                SourceRecord record = generator.record(events, json);

                // When
                Outcome expected = Outcome.of(caches ? debezium(options) : debezium, copy(record));
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
        RandomJson json = new RandomJson(random, nulls.equals("optional_bytes"));
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
}
