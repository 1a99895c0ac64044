// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of fields and schemas in records that a converter writes in Avro, which allows letters, digits and
 * underscores only. The converters of the worker are not known; those of the connector are.
 */
public final class AvroNames {

    static final String OUR_CONVERTER = "dev.tributary.avro.TributaryAvroConverter";

    private static final Set<String> CONVERTERS = Set.of(
            OUR_CONVERTER,
            "io.confluent.connect.avro.AvroConverter",
            "io.apicurio.registry.utils.converter.AvroConverter");

    private static final String NONE = "none";

    private AvroNames() {}

    /** With the other two converters, Debezium adjusts the names of fields that no option adjusts. */
    static void adjustFields(Map<String, String> properties) {
        if (converters(properties).anyMatch(OUR_CONVERTER::equals)
                && isUnset(properties.get(OptionNames.FIELD_NAME_ADJUSTMENT_MODE))) {
            properties.put(OptionNames.FIELD_NAME_ADJUSTMENT_MODE, "avro");
        }
    }

    /** Whether a converter of the connector writes Avro, and the names of schemas are not adjusted for it. */
    public static boolean areUnadjusted(Map<String, String> properties) {
        return converters(properties).anyMatch(CONVERTERS::contains)
                && isUnset(properties.get(OptionNames.SCHEMA_NAME_ADJUSTMENT_MODE));
    }

    private static boolean isUnset(@Nullable String mode) {
        return mode == null || mode.trim().equalsIgnoreCase(NONE);
    }

    private static Stream<String> converters(Map<String, String> properties) {
        return Stream.of("key.converter", "value.converter")
                .map(option -> properties.getOrDefault(option, "").trim());
    }
}
