// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.Identifier;
import dev.tributary.row.RowImage;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were updated while a snapshot was in progress, by an event that leaves out a large value because it did not
 * change. If such a row has moved to blocks that were read already, no consumer has that value. Therefore these rows
 * are read again by their keys.
 */
public final class StaleRows {

    /** The largest number of keys to keep; beyond it the whole table is read again. */
    static final int LIMIT = 100_000;

    /** The largest number of keys in one statement. */
    public static final int PER_STATEMENT = 1_000;

    private final Map<TableId, Keys> tables = new HashMap<>();
    private int count;

    /**
     * Keys of one table's rows.
     *
     * @param columns the columns of its key
     * @param values the keys, as SQL
     */
    public record Keys(List<String> columns, Set<String> values) {

        /** Returns the condition that selects exactly these rows. */
        public String condition() {
            return condition(List.copyOf(values));
        }

        private String condition(List<String> some) {
            String names = columns.stream().map(Identifier::quote).collect(Collectors.joining(", ", "(", ")"));
            return names + " IN (" + String.join(", ", some) + ")";
        }
    }

    /**
     * Adds a row by its key. A table without a key has no such rows, because its events contain the whole old row.
     *
     * @param table the table as the stream describes it
     */
    public void add(TableId id, @Nullable Table table, RowImage row) {
        if (table == null || table.primaryKeyColumnNames().isEmpty()) {
            return;
        }
        List<String> columns = table.primaryKeyColumnNames();
        if (!columns.stream().allMatch(column -> row.hasText(position(table, column)))) {
            overfill();
            return;
        }
        String key = columns.stream()
                .map(column -> Identifier.literal(row.text(position(table, column))))
                .collect(Collectors.joining(", ", "(", ")"));
        Keys keys = tables.computeIfAbsent(id, any -> new Keys(columns, new LinkedHashSet<>()));
        if (count < LIMIT && keys.values().add(key)) {
            count++;
        }
    }

    private static int position(Table table, String column) {
        return table.columnWithName(column).position() - 1;
    }

    /** Gives up keeping the rows one by one. */
    public void overfill() {
        count = LIMIT;
    }

    /** Whether there were too many rows to keep. */
    public boolean isOverfull() {
        return count >= LIMIT;
    }

    /** Whether there are enough rows to fill a statement. */
    public boolean fillStatement() {
        return count >= PER_STATEMENT;
    }

    /** Whether there are rows of a table. */
    public boolean has(TableId table) {
        return tables.containsKey(table);
    }

    /** Removes some rows of a table, so that they can be read again. */
    public Optional<Keys> take(TableId table, int limit) {
        Keys keys = tables.get(table);
        if (keys == null) {
            return Optional.empty();
        }
        List<String> taken = keys.values().stream().limit(limit).toList();
        taken.forEach(keys.values()::remove);
        count -= taken.size();
        if (keys.values().isEmpty()) {
            tables.remove(table);
        }
        return Optional.of(new Keys(keys.columns(), new LinkedHashSet<>(taken)));
    }

    /** Adds rows back that could not be read. */
    public void putBack(TableId table, Keys taken) {
        Keys keys = tables.computeIfAbsent(table, any -> new Keys(taken.columns(), new LinkedHashSet<>()));
        for (String key : taken.values()) {
            if (keys.values().add(key)) {
                count++;
            }
        }
    }

    /** Returns conditions that together select all rows of a table. */
    List<String> conditions(TableId table) {
        List<String> conditions = new ArrayList<>();
        Keys keys = tables.get(table);
        if (keys != null) {
            List<String> values = List.copyOf(keys.values());
            for (int from = 0; from < values.size(); from += PER_STATEMENT) {
                conditions.add(keys.condition(values.subList(from, Math.min(values.size(), from + PER_STATEMENT))));
            }
        }
        return conditions;
    }
}
