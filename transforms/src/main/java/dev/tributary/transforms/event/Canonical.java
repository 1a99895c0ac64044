// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * The canonical form of a value, which is hashed and encrypted, and is part of identities and subjects: equal values
 * have the same form, whatever their type. The page of the transform documents the forms for other programs, so they
 * must not change.
 */
public final class Canonical {

    private static final long MILLIS_PER_DAY = 86_400_000L;

    /** Beyond this, a number such as 1e999999999 is written with an exponent. */
    private static final int MAX_PLAIN_SCALE = 1000;

    private Canonical() {}

    /** Whether the form is bytes that are not necessarily text. */
    public static boolean isBytes(Object value) {
        return value instanceof byte[] || value instanceof ByteBuffer;
    }

    /** The bytes of a value: the value itself if it is bytes, or else its text in UTF-8. */
    public static byte[] bytes(Object value, @Nullable Schema schema) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        if (value instanceof ByteBuffer buffer) {
            byte[] bytes = new byte[buffer.remaining()];
            buffer.duplicate().get(bytes);
            return bytes;
        }
        return text(value, schema).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The text of a value that is no bytes. It depends neither on the time zone nor on the locale.
     *
     * @param schema null if the value has none
     */
    public static String text(Object value, @Nullable Schema schema) {
        if (value instanceof String text) {
            return text;
        }
        if (value instanceof BigDecimal number) {
            return number(number);
        }
        if (value instanceof Double number) {
            return floating(number, Double.isFinite(number), 15);
        }
        if (value instanceof Float number) {
            return floating(number, Float.isFinite(number), 6);
        }
        if (value instanceof java.util.Date date) {
            return String.valueOf(time(date, schema));
        }
        if (value instanceof Struct struct && ScaledNumber.is(struct.schema())) {
            return number(ScaledNumber.of(struct));
        }
        return String.valueOf(value);
    }

    /** The number that Connect's converters write. */
    @SuppressWarnings("JavaUtilDate") // what Connect's logical types hold
    private static long time(java.util.Date date, @Nullable Schema schema) {
        boolean ofDays = schema != null && Date.LOGICAL_NAME.equals(schema.name());
        return ofDays ? Math.floorDiv(date.getTime(), MILLIS_PER_DAY) : date.getTime();
    }

    private static String number(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return Math.abs((long) shortest.scale()) > MAX_PLAIN_SCALE ? shortest.toString() : shortest.toPlainString();
    }

    /**
     * Java's own text of a floating-point number changed between its versions (JDK-4511638), and a hash must not.
     *
     * @param digits the type distinguishes all decimals with at most this many digits
     */
    private static String floating(Number number, boolean finite, int digits) {
        if (!finite) {
            return number.toString();
        }
        BigDecimal exact = new BigDecimal(number.doubleValue());
        BigDecimal rounded = exact;
        for (int precision = digits; precision <= digits + 3; precision++) {
            rounded = exact.round(new MathContext(precision));
            Number read = number instanceof Float ? (Number) rounded.floatValue() : (Number) rounded.doubleValue();
            if (read.equals(number)) {
                break;
            }
        }
        return number(rounded);
    }

    /** Debezium's number that carries its scale in each row. */
    public static final class ScaledNumber {

        private ScaledNumber() {}

        public static boolean is(Schema schema) {
            return "io.debezium.data.VariableScaleDecimal".equals(schema.name());
        }

        static BigDecimal of(Struct struct) {
            byte[] digits = struct.getBytes("value");
            return new BigDecimal(new BigInteger(digits), struct.getInt32("scale"));
        }

        public static Struct zero(Schema schema) {
            return new Struct(schema).put("scale", 0).put("value", new byte[1]);
        }
    }
}
