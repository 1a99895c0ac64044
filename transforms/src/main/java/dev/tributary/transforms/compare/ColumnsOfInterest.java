// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.compare;

import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.event.ChangedColumns;
import dev.tributary.transforms.event.SchemaCache;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.glob.Globs;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/**
 * Compares the columns of one table that are of interest: those that are included, or those that are not excluded. If none of
 * a table's columns is included, the choice is about other tables, and all of them are of interest. Not for several threads
 * at once.
 */
public final class ColumnsOfInterest {

    private static final String FORM = "schema.table.column";

    private final ChangedColumns columns;
    private final boolean including;
    private final Predicate<String> isChosen;
    private final SchemaCache<Field[]> fields = new SchemaCache<>(this::fields);

    /**
     * @param included none if all are
     * @param excluded none if there are included ones
     */
    public ColumnsOfInterest(TableName table, Globs included, Globs excluded, ChangedColumns columns) {
        this.columns = columns;
        this.including = !included.isEmpty();
        this.isChosen = new BoundedCache<String, Boolean>(name -> including
                ? included.matches(table.schema(), table.name(), name)
                : !excluded.matches(table.schema(), table.name(), name))::get;
    }

    /**
     * A choice of columns: {@code shop.customers.email}, or {@code email} for the column of that name of any table.
     *
     * @throws IllegalArgumentException if an entry is neither
     */
    public static Globs parse(List<String> entries) {
        return Globs.parse(
                entries.stream()
                        .map(entry -> entry.isBlank() || entry.contains(".") ? entry : "*.*." + entry)
                        .toList(),
                FORM);
    }

    /** Whether one of them differs. */
    public boolean differ(Object before, Object after) {
        if (before instanceof Struct was && after instanceof Struct is) {
            return columns.any(was, is, fields.get(is.schema()));
        }
        return columns.any(before, after, ofInterest(after));
    }

    /** The names of those that differ, in the order of the new row. */
    public List<String> between(Object before, Object after) {
        if (before instanceof Struct was && after instanceof Struct is) {
            return columns.between(was, is, fields.get(is.schema()));
        }
        return columns.between(before, after, ofInterest(after));
    }

    private Predicate<String> ofInterest(Object row) {
        return including && !hasAny(row) ? name -> true : isChosen;
    }

    private boolean hasAny(Object row) {
        if (row instanceof Map<?, ?> map) {
            for (Object name : map.keySet()) {
                if (isChosen.test(String.valueOf(name))) {
                    return true;
                }
            }
        }
        return false;
    }

    private Field[] fields(Schema row) {
        Field[] all = row.fields().toArray(Field[]::new);
        Field[] some = row.fields().stream()
                .filter(field -> isChosen.test(field.name()))
                .toArray(Field[]::new);
        return including && some.length == 0 ? all : some;
    }
}
