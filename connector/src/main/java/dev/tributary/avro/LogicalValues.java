// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.math.BigDecimal;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.apache.kafka.connect.errors.DataException;

/** Values of Connect's own logical types and what they are in Avro. All other names mean nothing here. */
final class LogicalValues {

    private LogicalValues() {}

    /** The bytes or the number that stands for a value; the value itself if its type is not logical. */
    static Object toAvro(Schema schema, Object value) {
        if (schema.name() == null) {
            return value;
        }
        return switch (schema.name()) {
            case Decimal.LOGICAL_NAME -> Decimal.fromLogical(schema, as(BigDecimal.class, schema, value));
            case Date.LOGICAL_NAME -> Date.fromLogical(schema, as(java.util.Date.class, schema, value));
            case Time.LOGICAL_NAME -> Time.fromLogical(schema, as(java.util.Date.class, schema, value));
            case Timestamp.LOGICAL_NAME -> Timestamp.fromLogical(schema, as(java.util.Date.class, schema, value));
            default -> value;
        };
    }

    /** The value that bytes or a number stand for. */
    static Object toConnect(Schema schema, Object value) {
        if (schema.name() == null) {
            return value;
        }
        return switch (schema.name()) {
            case Decimal.LOGICAL_NAME -> Decimal.toLogical(schema, ByteValues.copyOf(value));
            case Date.LOGICAL_NAME -> Date.toLogical(schema, as(Integer.class, schema, value));
            case Time.LOGICAL_NAME -> Time.toLogical(schema, as(Integer.class, schema, value));
            case Timestamp.LOGICAL_NAME -> Timestamp.toLogical(schema, as(Long.class, schema, value));
            default -> value;
        };
    }

    private static <T> T as(Class<T> type, Schema schema, Object value) {
        if (!type.isInstance(value)) {
            throw new DataException(schema.name() + " needs a " + type.getSimpleName() + ", not a "
                    + value.getClass().getName());
        }
        return type.cast(value);
    }
}
