// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.data.Enum;
import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.Timestamp;
import io.debezium.time.ZonedTimestamp;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Decoders for the most common types and the most common forms of their values. */
final class FastDecoders {

    private static final TextDecoder BOOLEAN = new FastDecoder(
            (bytes, start, length) -> length == 1 ? bytes[start] == 't' : TextDecoder.UNSUPPORTED,
            (bytes, start, length, json) -> {
                if (length == 1) {
                    json.bool(bytes[start] == 't');
                }
                return length == 1;
            },
            (bytes, start, length, avro) -> {
                if (length == 1) {
                    avro.bool(bytes[start] == 't');
                }
                return length == 1;
            },
            FastDecoder.NEVER_FAILS);
    private static final TextDecoder INT16 = integer(value -> (short) value);
    private static final TextDecoder INT32 = integer(value -> (int) value);
    private static final TextDecoder INT64 = integer(value -> value);
    private static final TextDecoder STRING = new FastDecoder(
            (bytes, start, length) -> new String(bytes, start, length, StandardCharsets.UTF_8),
            (bytes, start, length, json) -> {
                json.string(bytes, start, length);
                return true;
            },
            (bytes, start, length, avro) -> {
                avro.string(bytes, start, length);
                return true;
            },
            FastDecoder.NEVER_FAILS);
    private static final TextDecoder FLOAT64 = new FastDecoder(
            (bytes, start, length) -> {
                Double value = floating(bytes, start, length);
                return value == null ? TextDecoder.UNSUPPORTED : value;
            },
            FastDecoder.NO_JSON,
            (bytes, start, length, avro) -> {
                Double value = floating(bytes, start, length);
                if (value != null) {
                    avro.floating((double) value);
                }
                return value != null;
            },
            FastDecoder.NEVER_FAILS);
    private static final TextDecoder DATE = FastDecoder.ofNumbers(TimeText::epochDay, value -> (int) value);
    private static final TextDecoder MICROS = FastDecoder.ofNumbers(TimeText::epochMicros, value -> value);
    private static final TextDecoder MILLIS = FastDecoder.ofNumbers(TimeText::epochMillis, value -> value);
    private static final TextDecoder ZONED = TimeText.zoned();

    /** Types whose text is the value, because Debezium's converters do not change it. */
    private static final Set<String> AS_TEXT =
            Set.of("text", "varchar", "bpchar", "json", "jsonb", "uuid", "inet", "cidr", "macaddr", "macaddr8", "xml");

    /** Sample texts of the types that have decoders, each for another edge case. */
    private static final List<String> SAMPLES = List.of(
            "t",
            "f",
            "0",
            "-17",
            "32767",
            "12.50",
            "-0.075",
            "NaN",
            "Infinity",
            "1e-07",
            "2026-11-21",
            "1969-12-31",
            "2026-11-21 10:23:00",
            "1969-12-31 23:59:59.999999",
            "2026-11-21 10:23:00.5",
            "2026-11-21 10:23:00+00",
            "2026-11-21 10:23:00.120+00",
            "2026-11-21 10:23:00.123456+00",
            "1066-10-14 09:00:00.1+00");

    private FastDecoders() {}

    /**
     * The decoder for a type with a schema if it reads at least one sample and agrees with the exact decoder on every
     * sample that it reads; else {@link TextDecoder#NONE}.
     */
    static TextDecoder agreeing(String type, Schema schema, TextDecoder exact) {
        return candidates(type, schema).stream()
                .filter(candidate -> agrees(candidate, schema, exact))
                .findFirst()
                .orElse(TextDecoder.NONE);
    }

    private static boolean agrees(TextDecoder candidate, Schema schema, TextDecoder exact) {
        boolean reads = false;
        for (String sample : samples(schema)) {
            byte[] text = sample.getBytes(StandardCharsets.UTF_8);
            Object value = candidate.decode(text, 0, text.length);
            if (value != TextDecoder.UNSUPPORTED) {
                if (!Objects.equals(value, decoded(exact, text))) {
                    return false;
                }
                reads = true;
            }
        }
        return reads;
    }

    /** The form of numbers depends on the scale of the column. */
    private static List<String> samples(Schema schema) {
        if (!Decimal.LOGICAL_NAME.equals(schema.name())) {
            return SAMPLES;
        }
        int scale = Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD));
        return LongStream.of(0, 7, -1750, 99_999)
                .mapToObj(unscaled -> BigDecimal.valueOf(unscaled, scale).toPlainString())
                .toList();
    }

    private static @Nullable Object decoded(TextDecoder exact, byte[] text) {
        try {
            return exact.decode(text, 0, text.length);
        } catch (RuntimeException e) {
            return TextDecoder.UNSUPPORTED;
        }
    }

    private static List<TextDecoder> candidates(String type, Schema schema) {
        if (type.equals("timestamptz") && ZonedTimestamp.SCHEMA_NAME.equals(schema.name())) {
            return List.of(ZONED, TimeText.zonedWithDigits(6), TimeText.zonedWithDigits(3));
        }
        return List.of(of(type, schema));
    }

    /**
     * The decoder for a type with a schema; {@link TextDecoder#NONE} if there is none.
     *
     * @param type the name of the type in {@code pg_type}
     * @param schema the schema that Debezium gives the field
     */
    static TextDecoder of(String type, Schema schema) {
        return switch (schema.type()) {
            case BOOLEAN -> type.equals("bool") ? BOOLEAN : TextDecoder.NONE;
            case INT16 -> type.equals("int2") ? INT16 : TextDecoder.NONE;
            case INT32 -> type.equals("int4") ? INT32 : isDate(type, schema.name()) ? DATE : TextDecoder.NONE;
            case INT64 -> type.equals("int8") ? INT64 : timestamp(type, schema.name());
            case STRING -> string(type, schema.name());
            case FLOAT64 -> type.equals("float8") ? FLOAT64 : TextDecoder.NONE;
            case BYTES -> type.equals("numeric") ? DecimalText.decoder(schema) : TextDecoder.NONE;
            default -> TextDecoder.NONE;
        };
    }

    private static boolean isDate(String type, @Nullable String schema) {
        return type.equals("date") && Date.SCHEMA_NAME.equals(schema);
    }

    private static TextDecoder timestamp(String type, @Nullable String schema) {
        if (!type.equals("timestamp")) {
            return TextDecoder.NONE;
        }
        return MicroTimestamp.SCHEMA_NAME.equals(schema)
                ? MICROS
                : Timestamp.SCHEMA_NAME.equals(schema) ? MILLIS : TextDecoder.NONE;
    }

    private static TextDecoder string(String type, @Nullable String schema) {
        if (AS_TEXT.contains(type) || Enum.LOGICAL_NAME.equals(schema)) {
            return STRING;
        }
        return type.equals("timestamptz") && ZonedTimestamp.SCHEMA_NAME.equals(schema) ? ZONED : TextDecoder.NONE;
    }

    /** Postgres writes integers as JSON does. */
    private static TextDecoder integer(LongFunction<Object> value) {
        return FastDecoder.ofNumbers(
                Digits::parse,
                value,
                (bytes, start, length, json) -> {
                    boolean supported = Digits.parse(bytes, start, length) != Digits.NONE;
                    if (supported) {
                        json.raw(bytes, start, length);
                    }
                    return supported;
                },
                FastDecoder.NEVER_FAILS);
    }

    /** Java reads every double from the text that Postgres writes, including infinity and NaN. */
    private static @Nullable Double floating(byte[] bytes, int start, int length) {
        try {
            return Double.valueOf(new String(bytes, start, length, StandardCharsets.ISO_8859_1));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
