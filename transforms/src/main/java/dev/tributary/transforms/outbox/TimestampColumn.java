// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Reads columns of type timestamp and timestamptz, in whatever form the connector writes them.
 *
 * <p>Source: Debezium's documentation of its Postgres connector, "Temporal types".
 */
final class TimestampColumn {

    private static final String NOT_TIMESTAMP = "is not a timestamp";

    private TimestampColumn() {}

    /** @throws InvalidRowException if the column cannot hold a timestamp */
    static ColumnReader check(ColumnReader column) {
        Schema schema = column.schema();
        if (schema != null
                && schema.type() != Schema.Type.STRING
                && (schema.name() == null
                        || !(schema.name().equals(Timestamp.LOGICAL_NAME) || unitsPerMilli(schema.name()) > 0))) {
            throw column.invalid(NOT_TIMESTAMP);
        }
        return column;
    }

    /**
     * Milliseconds since 1970; null if the column is null.
     *
     * @throws InvalidRowException if the value is not a timestamp, or not one that Kafka supports
     */
    static @Nullable Long in(ColumnReader column, Object row) {
        Object value = column.in(row);
        if (value == null) {
            return null;
        }
        long millis = millis(value, column);
        if (millis < 0) {
            throw column.invalid("is before 1970, which Kafka does not support as a timestamp");
        }
        return millis;
    }

    @SuppressWarnings("JavaUtilDate") // Connect's type for timestamps
    private static long millis(Object value, ColumnReader column) {
        Schema schema = column.schema();
        String type = schema == null ? null : schema.name();
        if (value instanceof Long number && type != null) {
            long unitsPerMilli = unitsPerMilli(type);
            if (unitsPerMilli > 0) {
                return Math.floorDiv(number, unitsPerMilli);
            }
        }
        if (value instanceof Date date && (schema == null || Timestamp.LOGICAL_NAME.equals(type))) {
            return date.getTime();
        }
        if (value instanceof String text) {
            try {
                return OffsetDateTime.parse(text).toInstant().toEpochMilli();
            } catch (DateTimeException | ArithmeticException e) {
                throw column.invalid("is text, but not a date and time with an offset");
            }
        }
        throw column.invalid(
                schema == null && value instanceof Number ? "is a number whose unit is unknown" : NOT_TIMESTAMP);
    }

    /** Zero if the type is not a timestamp. */
    private static long unitsPerMilli(String type) {
        return switch (type) {
            case "io.debezium.time.Timestamp" -> 1;
            case "io.debezium.time.MicroTimestamp" -> 1_000;
            case "io.debezium.time.NanoTimestamp" -> 1_000_000;
            default -> 0;
        };
    }
}
