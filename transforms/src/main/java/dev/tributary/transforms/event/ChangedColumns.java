// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Compares a row before and after a change.
 *
 * <p>A TOAST value that did not change is not sent. Its column holds a placeholder instead and counts as unchanged.
 *
 * @param unavailable the value of columns that were not sent
 */
public record ChangedColumns(UnavailableValue unavailable) {

    /** @param placeholder the value of columns that were not sent: Debezium's {@code unavailable.value.placeholder} */
    public ChangedColumns(String placeholder) {
        this(new UnavailableValue(placeholder));
    }

    /** The names of the columns that differ, in the order of the new row. */
    public List<String> between(Object before, Object after) {
        return between(before, after, name -> true);
    }

    /** The same, limited to the columns of interest. */
    public List<String> between(Object before, Object after, Predicate<String> ofInterest) {
        List<String> changed = new ArrayList<>();
        if (after instanceof Struct row) {
            for (Field field : row.schema().fields()) {
                if (ofInterest.test(field.name()) && differs(before, row, field)) {
                    changed.add(field.name());
                }
            }
        } else if (after instanceof Map<?, ?> row) {
            for (Map.Entry<?, ?> column : row.entrySet()) {
                if (differs(before, column, ofInterest)) {
                    changed.add(String.valueOf(column.getKey()));
                }
            }
        }
        return changed;
    }

    /** The same, limited to some columns of the new row's schema. */
    public List<String> between(Struct before, Struct after, Field[] columns) {
        List<String> changed = new ArrayList<>();
        for (Field column : columns) {
            if (differs(before, after, column)) {
                changed.add(column.name());
            }
        }
        return changed;
    }

    /** Whether any column of interest differs. */
    public boolean any(Object before, Object after, Predicate<String> ofInterest) {
        if (after instanceof Struct row) {
            for (Field field : row.schema().fields()) {
                if (ofInterest.test(field.name()) && differs(before, row, field)) {
                    return true;
                }
            }
        } else if (after instanceof Map<?, ?> row) {
            for (Map.Entry<?, ?> column : row.entrySet()) {
                if (differs(before, column, ofInterest)) {
                    return true;
                }
            }
        }
        return false;
    }

    /**
     * The same for some columns of the new row's schema. No column is looked up by name, and none is read after the
     * first that differs.
     */
    public boolean any(Struct before, Struct after, Field[] columns) {
        for (Field column : columns) {
            if (differs(before, after, column)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a column differs; false if neither row has it. */
    public boolean differs(Object before, Object after, String column) {
        return differ(FieldPath.child(before, column), FieldPath.child(after, column));
    }

    private boolean differs(Object before, Map.Entry<?, ?> column, Predicate<String> ofInterest) {
        String name = String.valueOf(column.getKey());
        return ofInterest.test(name) && differ(FieldPath.child(before, name), column.getValue());
    }

    private boolean differs(Object before, Struct after, Field field) {
        if (!(before instanceof Struct row) || row.schema() != after.schema()) {
            return differs(before, after, field.name());
        }
        return differ(Schemas.withoutDefault(row, field), Schemas.withoutDefault(after, field));
    }

    private boolean differ(@Nullable Object was, @Nullable Object is) {
        return !equal(was, is) && !unavailable.is(is);
    }

    private static boolean equal(@Nullable Object was, @Nullable Object is) {
        if (was == null || is == null) {
            return was == is;
        }
        if (was.equals(is)) {
            return true;
        }
        if (was instanceof byte[] bytes) {
            return is instanceof byte[] others && Arrays.equals(bytes, others);
        }
        return was instanceof List<?> list && is instanceof List<?> others && equal(list, others);
    }

    private static boolean equal(List<?> was, List<?> is) {
        boolean same = was.size() == is.size();
        for (int i = 0; same && i < was.size(); i++) {
            same = equal(was.get(i), is.get(i));
        }
        return same;
    }
}
