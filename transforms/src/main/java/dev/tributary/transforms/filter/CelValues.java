// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.filter;

import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Converts Connect's values to those of CEL, which has one type of integer, one of floating-point number, and no
 * decimals. Decimals become doubles.
 */
final class CelValues {

    private static final String VARIABLE_SCALE_DECIMAL = "io.debezium.data.VariableScaleDecimal";

    private CelValues() {}

    static Object of(@Nullable Object value) {
        if (value == null) {
            return NullValue.NULL_VALUE;
        }
        if (value instanceof String || value instanceof Long || value instanceof Double || value instanceof Boolean) {
            return value;
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Struct struct) {
            return VARIABLE_SCALE_DECIMAL.equals(struct.schema().name()) ? decimal(struct) : NamedValues.of(struct);
        }
        if (value instanceof Map<?, ?> map) {
            return NamedValues.of(map);
        }
        if (value instanceof List<?> list) {
            List<Object> values = new ArrayList<>(list.size());
            list.forEach(element -> values.add(of(element)));
            return values;
        }
        if (value instanceof byte[] bytes) {
            return CelByteString.of(bytes);
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return CelByteString.of(bytes);
        }
        return value instanceof Date date ? date.toInstant() : value.toString();
    }

    private static double decimal(Struct struct) {
        return new BigDecimal(new BigInteger(struct.getBytes("value")), struct.getInt32("scale")).doubleValue();
    }
}
