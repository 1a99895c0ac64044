// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MaskFieldsSchemalessTest extends MaskFieldsSuite {

    MaskFieldsSchemalessTest() {
        super(SampleEvents.schemaless());
    }

    @Test
    void structsInMapsAreMasked() {
        // Given
        Map<String, @Nullable Object> row = customer(
                "address",
                new Struct(SampleSchemas.ADDRESS).put("street", "Elm 1").put("city", "Hull"));
        SourceRecord record = events.create(customer());
        Map<Object, @Nullable Object> event = new LinkedHashMap<>((Map<?, ?>) record.value());
        event.put("before", SampleEvents.struct(SampleSchemas.ROW, customer()));
        event.put("after", row);
        SourceRecord mixed =
                record.newRecord(record.topic(), null, null, record.key(), null, event, record.timestamp());

        // When
        Map<String, @Nullable Object> masked = row(with("rules", "*.customers.address.city=redact"), mixed);

        // Then
        Map<String, String> address = Map.of("street", "Elm 1", "city", "****");
        assertThat(((Struct) java.util.Objects.requireNonNull(masked.get("before")))
                        .getStruct("address")
                        .get("city"))
                .isEqualTo("****");
        assertThat(SampleEvents.plain(part(masked, "after").get("address"))).isEqualTo(address);
    }
}
