// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.processors.PostProcessorRegistry;
import io.debezium.processors.reselect.ReselectColumnsPostProcessor;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Date;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.data.Time;
import org.apache.kafka.connect.data.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * What is sent for a large value that the WAL does not contain, because an update left it as it was:
 * {@code unavailable.value.placeholder} in the form of the column's schema.
 *
 * <p>Debezium has such forms for text, bytes, maps and some arrays: in an array of texts the placeholder is the only
 * element, and an array of numbers consists of its bytes. The same is done here for every other schema, so that no type
 * stops the task.
 */
final class Placeholders {

    private static final int BITS = 8;

    private final byte[] bytes;

    /** Whether a processor asks the database for the values that are missing. */
    private final boolean reselected;

    /**
     * @param bytes {@code unavailable.value.placeholder}
     * @param reselected whether Debezium's processor reads missing values from the database. It recognises only some
     *     placeholders, so the others are null, which it recognises too
     */
    Placeholders(byte[] bytes, boolean reselected) {
        this.bytes = bytes.clone();
        this.reselected = reselected;
    }

    static Placeholders of(PostgresConnectorConfig config) {
        PostProcessorRegistry registry = config.getServiceRegistry().tryGetService(PostProcessorRegistry.class);
        boolean reselected = registry != null
                && registry.getProcessors().stream().anyMatch(ReselectColumnsPostProcessor.class::isInstance);
        return new Placeholders(config.getUnavailableValuePlaceholder(), reselected);
    }

    /** Whether a post processor may replace them by the values, which it reads from the database. */
    boolean areReadAgain() {
        return reselected;
    }

    /**
     * The placeholder for a field.
     *
     * @param optional whether the column may be null
     * @param debeziums makes Debezium's placeholder, which may not fit the schema
     */
    @Nullable
    Object of(boolean optional, Field field, Supplier<@Nullable Object> debeziums) {
        try {
            Object value = debeziums.get();
            if (value != null) {
                ConnectSchema.validateValue(field.name(), field.schema(), value);
                return value;
            }
        } catch (RuntimeException e) {
            // Debezium has none for this schema.
        }
        return reselected && optional && !isRecognized(field.schema()) ? null : of(field.schema());
    }

    private static boolean isRecognized(Schema schema) {
        return switch (schema.type()) {
            case STRING, MAP -> true;
            case BYTES -> schema.name() == null;
            case ARRAY ->
                List.of(Schema.Type.INT32, Schema.Type.INT64)
                                .contains(schema.valueSchema().type())
                        ? !isTime(schema.valueSchema())
                        : isRecognized(schema.valueSchema());
            case STRUCT, BOOLEAN, INT8, INT16, INT32, INT64, FLOAT32, FLOAT64 -> false;
        };
    }

    /** The placeholder in the form of a schema. A number or a boolean, which is never that large, is 0. */
    Object of(Schema schema) {
        return switch (schema.type()) {
            case STRING -> text();
            case BYTES -> isDecimal(schema) ? decimal(new BigInteger(bytes), schema) : bytes.clone();
            case ARRAY -> elements(schema.valueSchema());
            case MAP -> Map.of(text(), text());
            case STRUCT -> struct(schema);
            case BOOLEAN -> false;
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64 -> number(schema, 0);
        };
    }

    private String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private List<Object> elements(Schema schema) {
        return switch (schema.type()) {
            case BOOLEAN -> each(bytes.length * BITS, i -> (bytes[i / BITS] >> (BITS - 1 - i % BITS) & 1) == 1);
            case INT8, INT16, INT32, INT64, FLOAT32, FLOAT64 -> each(bytes.length, i -> number(schema, bytes[i]));
            case BYTES ->
                isDecimal(schema)
                        ? each(bytes.length, i -> decimal(BigInteger.valueOf(bytes[i]), schema))
                        : each(1, i -> bytes.clone());
            case STRING, ARRAY, MAP, STRUCT -> each(1, i -> of(schema));
        };
    }

    private static List<Object> each(int size, IntFunction<Object> element) {
        List<Object> elements = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            elements.add(element.apply(i));
        }
        return elements;
    }

    private static boolean isTime(Schema schema) {
        return Date.LOGICAL_NAME.equals(schema.name())
                || Time.LOGICAL_NAME.equals(schema.name())
                || Timestamp.LOGICAL_NAME.equals(schema.name());
    }

    private static Object number(Schema schema, int value) {
        if (isTime(schema)) {
            int positive = value & 0xFF;
            return Date.LOGICAL_NAME.equals(schema.name())
                    ? Date.toLogical(schema, positive)
                    : java.util.Date.from(Instant.ofEpochMilli(positive));
        }
        return switch (schema.type()) {
            case INT8 -> (byte) value;
            case INT16 -> (short) value;
            case INT32 -> value;
            case INT64 -> (long) value;
            case FLOAT32 -> (float) value;
            case FLOAT64 -> (double) value;
            case BOOLEAN, STRING, BYTES, ARRAY, MAP, STRUCT ->
                throw new IllegalArgumentException(schema.type() + " is no number");
        };
    }

    private static boolean isDecimal(Schema schema) {
        return Decimal.LOGICAL_NAME.equals(schema.name());
    }

    private static BigDecimal decimal(BigInteger unscaled, Schema schema) {
        return new BigDecimal(unscaled, Integer.parseInt(schema.parameters().get(Decimal.SCALE_FIELD)));
    }

    private Struct struct(Schema schema) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            if (!field.schema().isOptional() || field.schema().type() == Schema.Type.STRING) {
                struct.put(field, of(field.schema()));
            }
        }
        return struct;
    }
}
