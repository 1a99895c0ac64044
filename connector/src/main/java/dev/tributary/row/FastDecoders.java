// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.time.Date;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.Timestamp;
import io.debezium.time.ZonedTimestamp;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/** Decoders for the types that rows are mostly made of, in the forms that values mostly have. */
final class FastDecoders {

    private static final TextDecoder NONE = (bytes, start, length) -> TextDecoder.NOT_MINE;
    private static final TextDecoder BOOLEAN =
            (bytes, start, length) -> length == 1 ? bytes[start] == 't' : TextDecoder.NOT_MINE;
    private static final TextDecoder INT16 = (bytes, start, length) -> {
        long value = Digits.parse(bytes, start, length);
        return value == Digits.NONE ? TextDecoder.NOT_MINE : (Object) (short) value;
    };
    private static final TextDecoder INT32 = (bytes, start, length) -> {
        long value = Digits.parse(bytes, start, length);
        return value == Digits.NONE ? TextDecoder.NOT_MINE : (Object) (int) value;
    };
    private static final TextDecoder INT64 = (bytes, start, length) -> {
        long value = Digits.parse(bytes, start, length);
        return value == Digits.NONE ? TextDecoder.NOT_MINE : (Object) value;
    };
    private static final TextDecoder STRING =
            (bytes, start, length) -> new String(bytes, start, length, StandardCharsets.UTF_8);

    /** Types whose text is the value: no converter of Debezium's changes it. */
    private static final Set<String> AS_TEXT =
            Set.of("text", "varchar", "bpchar", "json", "jsonb", "uuid", "inet", "cidr", "macaddr", "macaddr8", "xml");

    private FastDecoders() {}

    /**
     * The decoder for a type with a schema; one that leaves everything to the exact one when there is none.
     *
     * @param type the name of the type in {@code pg_type}
     * @param schema the schema that Debezium gives the field
     */
    static TextDecoder of(String type, Schema schema) {
        return switch (schema.type()) {
            case BOOLEAN -> type.equals("bool") ? BOOLEAN : NONE;
            case INT16 -> type.equals("int2") ? INT16 : NONE;
            case INT32 -> type.equals("int4") ? INT32 : isDate(type, schema.name()) ? TimeText::date : NONE;
            case INT64 -> type.equals("int8") ? INT64 : timestamp(type, schema.name());
            case STRING -> string(type, schema.name());
            default -> NONE;
        };
    }

    private static boolean isDate(String type, @Nullable String schema) {
        return type.equals("date") && Date.SCHEMA_NAME.equals(schema);
    }

    private static TextDecoder timestamp(String type, @Nullable String schema) {
        if (!type.equals("timestamp")) {
            return NONE;
        }
        return MicroTimestamp.SCHEMA_NAME.equals(schema)
                ? TimeText::micros
                : Timestamp.SCHEMA_NAME.equals(schema) ? TimeText::millis : NONE;
    }

    private static TextDecoder string(String type, @Nullable String schema) {
        if (AS_TEXT.contains(type)) {
            return STRING;
        }
        return type.equals("timestamptz") && ZonedTimestamp.SCHEMA_NAME.equals(schema) ? TimeText::zoned : NONE;
    }
}
