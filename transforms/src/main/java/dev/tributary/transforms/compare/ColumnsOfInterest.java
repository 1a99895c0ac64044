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
 * Compares the columns of interest of one table: the included ones, or those that are not excluded. If none of the
 * table's columns is included, the choice concerns other tables, and all columns of this one are of interest. Not
 * thread-safe.
 */
public final class ColumnsOfInterest {

    private static final String FORM = "schema.table.column";

    private final ChangedColumns columns;
    private final boolean including;
    private final Predicate<String> isChosen;
    private final SchemaCache<Field[]> fields = new SchemaCache<>(this::fields);

    /**
     * @param included empty if no column was chosen this way
     * @param excluded empty if there are included columns
     */
    public ColumnsOfInterest(TableName table, Globs included, Globs excluded, ChangedColumns columns) {
        this.columns = columns;
        this.including = !included.isEmpty();
        this.isChosen = new BoundedCache<String, Boolean>(name -> including
                ? included.matches(table.schema(), table.name(), name)
                : !excluded.matches(table.schema(), table.name(), name))::get;
    }

    /**
     * Parses a choice of columns: {@code shop.customers.email}, or {@code email} for the column of that name in any
     * table.
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

    /**
     * The columns of interest of each table.
     *
     * @param include a choice of columns to include
     * @param exclude a choice of columns to exclude; empty if there are columns to include
     * @throws IllegalArgumentException if an entry is not a column
     */
    public static BoundedCache<TableName, ColumnsOfInterest> byTable(
            List<String> include, List<String> exclude, ChangedColumns columns) {
        Globs included = parse(include);
        Globs excluded = parse(exclude);
        return new BoundedCache<>(table -> new ColumnsOfInterest(table, included, excluded, columns));
    }

    /** Whether any column of interest differs. */
    public boolean differ(Object before, Object after) {
        if (before instanceof Struct was && after instanceof Struct is) {
            return columns.any(was, is, fields.get(is.schema()));
        }
        return columns.any(before, after, ofInterest(after));
    }

    /** The names of the columns of interest that differ, in the order of the new row. */
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
        Field[] chosen = row.fields().stream()
                .filter(field -> isChosen.test(field.name()))
                .toArray(Field[]::new);
        return including && chosen.length == 0 ? all : chosen;
    }
}
