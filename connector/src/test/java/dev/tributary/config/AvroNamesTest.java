// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.avro.TributaryAvroConverter;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroNamesTest {

    private static final String OURS = TributaryAvroConverter.class.getName();

    /** As Debezium does with the Avro converters that it knows, {@code none} included. */
    @ParameterizedTest
    @CsvSource({"key.converter,", "value.converter,", "value.converter, none", "value.converter, NONE"})
    void namesOfFieldsAreAdjustedForOurConverter(String option, String mode) {
        Map<String, String> written = new HashMap<>(Map.of(option, OURS));
        if (mode != null) {
            written.put("field.name.adjustment.mode", mode);
        }

        assertThat(ConnectorConfig.of(written).properties()).containsEntry("field.name.adjustment.mode", "avro");
    }

    @Test
    void otherwiseTheyAreAsConfigured() {
        assertThat(ConnectorConfig.of(Map.of("value.converter", OURS, "field.name.adjustment.mode", "avro_unicode"))
                        .properties())
                .containsEntry("field.name.adjustment.mode", "avro_unicode");
        assertThat(ConnectorConfig.of(Map.of("value.converter", "org.apache.kafka.connect.json.JsonConverter"))
                        .properties())
                .doesNotContainEntry("field.name.adjustment.mode", "avro");
    }

    @ParameterizedTest
    @CsvSource({
        "dev.tributary.avro.TributaryAvroConverter, , true",
        "io.confluent.connect.avro.AvroConverter, none, true",
        "io.apicurio.registry.utils.converter.AvroConverter, , true",
        "io.confluent.connect.avro.AvroConverter, avro, false",
        "dev.tributary.json.TributaryJsonConverter, , false",
    })
    void namesOfSchemasAreOnlyAdjustedByTheirOption(String converter, String mode, boolean unadjusted) {
        Map<String, String> written = new HashMap<>(Map.of("key.converter", converter));
        if (mode != null) {
            written.put("schema.name.adjustment.mode", mode);
        }

        assertThat(AvroNames.areUnadjusted(written)).isEqualTo(unadjusted);
    }
}
