// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.tributary.transforms.event.Canonical;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * The fixed values that replace others. They have the same type and, where Debezium's name of a schema promises a
 * format, that format: code that parses a time or a UUID can parse the fixed one.
 */
final class Redaction {

    private static final Map<String, String> TEXTS = Map.of(
            "io.debezium.time.ZonedTimestamp", "1970-01-01T00:00:00Z",
            "io.debezium.time.ZonedTime", "00:00:00Z",
            "io.debezium.time.IsoDate", "1970-01-01Z",
            "io.debezium.time.IsoTime", "00:00:00Z",
            "io.debezium.time.IsoTimestamp", "1970-01-01T00:00:00Z",
            "io.debezium.time.Interval", "P0Y0M0DT0H0M0S",
            "io.debezium.data.Uuid", "00000000-0000-0000-0000-000000000000");

    private final String text;

    /** @param text for texts whose schema promises no format */
    Redaction(String text) {
        this.text = text;
    }

    /** For values of a schema that are not a struct, a map or an array. */
    Mask of(Schema schema) {
        return switch (schema.type()) {
            case INT8 -> always((byte) 0);
            case INT16 -> always((short) 0);
            case INT32 -> isDate(schema) ? value -> epoch() : always(0);
            case INT64 -> isDate(schema) ? value -> epoch() : always(0L);
            case FLOAT32 -> always(0f);
            case FLOAT64 -> always(0d);
            case BOOLEAN -> always(false);
            case STRING -> always(text(schema.name()));
            case BYTES ->
                Decimal.LOGICAL_NAME.equals(schema.name())
                        ? always(BigDecimal.ZERO.setScale(scale(schema)))
                        : value -> new byte[0];
            case STRUCT -> value -> Canonical.ScaledNumber.zero(schema);
            case ARRAY, MAP -> throw new IllegalArgumentException("a value with parts is redacted part by part");
        };
    }

    private static boolean isDate(Schema schema) {
        String name = schema.name();
        return name != null && name.startsWith("org.apache.kafka.connect.data.");
    }

    @SuppressWarnings("JavaUtilDate") // what Connect's logical types hold
    private static Date epoch() {
        return new Date(0);
    }

    private static int scale(Schema decimal) {
        Map<String, String> parameters = decimal.parameters();
        String scale = parameters == null ? null : parameters.get(Decimal.SCALE_FIELD);
        return scale == null ? 0 : Integer.parseInt(scale);
    }

    private static Mask always(Object fixed) {
        return value -> fixed;
    }

    /** @param schemaName the name of the text's schema; null if it has none */
    String text(@Nullable String schemaName) {
        if ("io.debezium.data.Json".equals(schemaName)) {
            return quoted(text);
        }
        return schemaName == null ? text : TEXTS.getOrDefault(schemaName, text);
    }

    /** For values without a schema, by their class. */
    Object of(Object value) {
        if (value instanceof Boolean) {
            return false;
        }
        if (value instanceof Number number) {
            return zero(number);
        }
        if (value instanceof Date) {
            return epoch();
        }
        return Canonical.isBytes(value) ? new byte[0] : text;
    }

    private static Number zero(Number like) {
        if (like instanceof Long) {
            return 0L;
        }
        if (like instanceof Integer) {
            return 0;
        }
        if (like instanceof Short) {
            return (short) 0;
        }
        if (like instanceof Byte) {
            return (byte) 0;
        }
        if (like instanceof Float) {
            return 0f;
        }
        if (like instanceof Double) {
            return 0d;
        }
        return like instanceof BigInteger ? BigInteger.ZERO : BigDecimal.ZERO;
    }

    static String quoted(String text) {
        return "\"" + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + "\"";
    }
}
