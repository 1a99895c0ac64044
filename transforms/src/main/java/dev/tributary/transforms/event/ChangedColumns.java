// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Compares a row as it was with the row as it is.
 *
 * <p>A column whose new value was not sent, because it lies in TOAST and did not change, holds a placeholder: it counts as
 * unchanged.
 *
 * @param placeholder what stands for a value that was not sent: Debezium's {@code unavailable.value.placeholder}
 */
public record ChangedColumns(String placeholder) {

    /** What Debezium's connectors write unless they are told otherwise. */
    public static final String DEFAULT_PLACEHOLDER = "__debezium_unavailable_value";

    /** The names of the columns that differ, in the order of the new row. */
    public List<String> between(Object before, Object after) {
        List<String> changed = new ArrayList<>();
        if (after instanceof Struct row) {
            for (Field field : row.schema().fields()) {
                if (differs(before, row, field)) {
                    changed.add(field.name());
                }
            }
        } else if (after instanceof Map<?, ?> row) {
            row.forEach((name, value) -> {
                if (differ(FieldPath.child(before, String.valueOf(name)), value)) {
                    changed.add(String.valueOf(name));
                }
            });
        }
        return changed;
    }

    /** Whether a column differs of those that are of interest. */
    public boolean any(Object before, Object after, Predicate<String> ofInterest) {
        if (after instanceof Struct row) {
            for (Field field : row.schema().fields()) {
                if (ofInterest.test(field.name()) && differs(before, row, field)) {
                    return true;
                }
            }
            return false;
        }
        return after instanceof Map<?, ?> row
                && row.entrySet().stream()
                        .anyMatch(column -> ofInterest.test(String.valueOf(column.getKey()))
                                && differ(FieldPath.child(before, String.valueOf(column.getKey())), column.getValue()));
    }

    private boolean differs(Object before, Struct after, Field field) {
        Object was = before instanceof Struct row && row.schema() == after.schema()
                ? row.get(field)
                : FieldPath.child(before, field.name());
        return differ(was, after.get(field));
    }

    private boolean differ(@Nullable Object was, @Nullable Object is) {
        return !equal(was, is) && !isPlaceholder(is);
    }

    private boolean isPlaceholder(@Nullable Object value) {
        if (value instanceof String text) {
            return text.equals(placeholder);
        }
        if (value instanceof List<?> list) {
            return list.size() == 1 && isPlaceholder(list.get(0));
        }
        if (value instanceof Map<?, ?> map) {
            return map.size() == 1
                    && map.entrySet().stream()
                            .allMatch(entry -> isPlaceholder(entry.getKey()) && isPlaceholder(entry.getValue()));
        }
        if (value instanceof byte[] bytes) {
            return Arrays.equals(bytes, placeholder.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        return value instanceof ByteBuffer buffer
                && buffer.equals(ByteBuffer.wrap(placeholder.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static boolean equal(@Nullable Object was, @Nullable Object is) {
        return was instanceof byte[] bytes
                ? is instanceof byte[] others && Arrays.equals(bytes, others)
                : Objects.equals(was, is);
    }
}
