// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleOutbox.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the payloads of an outbox. */
abstract class OutboxPayloadSuite extends OutboxSuite implements PassesOtherRecords {

    OutboxPayloadSuite(SampleEvents events) {
        super(events);
    }

    @Test
    void aRowWithoutPayloadBecomesATombstoneIfConfigured() {
        for (String payload : new String[] {null, "", " \t\n"}) {
            // When
            SourceRecord message = message(
                    with(
                            "route.tombstone.on.empty.payload",
                            "true",
                            "table.fields.additional.placement",
                            "type:envelope"),
                    outbox.create(entry("payload", payload)));

            // Then
            assertThat(message.value()).isNull();
            assertThat(message.valueSchema()).isNull();
            assertThat(message.key()).isEqualTo("4711");
            assertThat(message(with(), outbox.create(entry("payload", payload))).value())
                    .isEqualTo(payload);
        }
    }

    @Test
    void emptyBytesCountAsNoPayload() {
        // Given
        Transformation<SourceRecord> transform =
                with("table.field.event.payload", "body", "route.tombstone.on.empty.payload", "true");

        // Then
        assertThat(message(transform, outbox.create(entry("body", new byte[0]))).value())
                .isNull();
        assertThat(message(transform, outbox.create(entry("body", new byte[] {0})))
                        .value())
                .isEqualTo(new byte[] {0});
    }

    @Test
    void jsonBecomesAStruct() {
        assertThat(SampleEvents.plain(message(with("table.expand.json.payload", "true"), outbox.create(entry()))
                        .value()))
                .isEqualTo(Map.of("order", 4711, "items", List.of(Map.of("sku", "tea", "count", 2))));
    }

    @Test
    void jsonBecomesAStructNextToOtherColumns() {
        // Given
        Transformation<SourceRecord> transform =
                with("table.expand.json.payload", "true", "table.fields.additional.placement", "type:envelope");

        // Then
        assertThat(SampleEvents.plain(message(transform, outbox.create(entry("payload", "{\"a\":[1]}")))
                        .value()))
                .isEqualTo(Map.of("payload", Map.of("a", List.of(1)), "type", "OrderPlaced"));
        assertThat(SampleEvents.plain(message(transform, outbox.create(entry("payload", "{\"a\":\"b\"}")))
                        .value()))
                .isEqualTo(Map.of("payload", Map.of("a", "b"), "type", "OrderPlaced"));
    }

    @Test
    void jsonBecomesMapsAndListsInWhichNothingIsLost() {
        // Given
        Transformation<SourceRecord> transform =
                with("table.expand.json.payload", "true", "table.json.payload.schema", "none");

        // When
        SourceRecord message = message(
                transform,
                outbox.create(entry("payload", "{\"a\": [], \"b\": null, \"c\": [1, \"x\", null, {\"d\": 2.5}]}")));

        // Then
        Map<String, @Nullable Object> expected = new LinkedHashMap<>();
        expected.put("a", List.of());
        expected.put("b", null);
        List<@Nullable Object> mixed = new ArrayList<>(List.of(1, "x"));
        mixed.add(null);
        mixed.add(Map.of("d", 2.5));
        expected.put("c", mixed);
        assertThat(message.value()).isEqualTo(expected);
        assertThat(message.valueSchema()).isNull();
    }

    @Test
    void mapsAndListsCanBePlacedInTheEnvelope() {
        // Given
        Transformation<SourceRecord> transform = with(
                "table.expand.json.payload", "true",
                "table.json.payload.schema", "none",
                "table.fields.additional.placement", "type:envelope");

        // When
        SourceRecord message = message(transform, outbox.create(entry("payload", "{\"a\": []}")));

        // Then
        assertThat(message.value()).isEqualTo(Map.of("payload", Map.of("a", List.of()), "type", "OrderPlaced"));
        assertThat(message.valueSchema()).isNull();
        assertThat(message(transform, outbox.create(entry("payload", "no JSON")))
                        .value())
                .isEqualTo(Map.of("payload", "no JSON", "type", "OrderPlaced"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "word",
                "\"word\"",
                "17",
                "{\"a\":",
                "{\"a\":1} {\"b\":2}",
                "{\"a\":1e999}",
                "[1,2",
                "{\"a\":+1}",
                "{a:1}"
            })
    void aPayloadThatCannotBeExpandedStaysText(String payload) {
        assertThat(message(with("table.expand.json.payload", "true"), outbox.create(entry("payload", payload)))
                        .value())
                .isEqualTo(payload);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[90000000000000000000]",
                "{\"a\":90000000000000000000}",
                "{\"a\":[{\"b\":-90000000000000000000}]}"
            })
    void integersBeyond64BitsStayTextWithoutASchema(String payload) {
        assertThat(message(
                                with("table.expand.json.payload", "true", "table.json.payload.schema", "none"),
                                outbox.create(entry("payload", payload)))
                        .value())
                .isEqualTo(payload);
    }

    @Test
    void bytesAreNotExpanded() {
        assertThat(message(
                                with("table.expand.json.payload", "true", "table.field.event.payload", "body"),
                                outbox.create(entry("body", new byte[] {'{', '}'})))
                        .value())
                .isEqualTo(new byte[] {'{', '}'});
    }
}
