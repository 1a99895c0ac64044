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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were updated while a snapshot was interrupted, in an event that leaves out a large value because it had not
 * changed. Nobody downstream has that value if the row has moved to where the snapshot had been already; so these rows are
 * read again by their keys.
 */
final class StaleRows {

    /** More keys are not remembered: their table is read again as a whole. */
    static final int MOST = 100_000;

    private static final int KEYS_PER_STATEMENT = 1_000;

    private final Map<TableId, Keys> tables = new HashMap<>();
    private int count;

    /**
     * The rows of one table.
     *
     * @param columns the columns of its key
     * @param values the keys, as SQL
     */
    private record Keys(List<String> columns, Set<String> values) {}

    /**
     * Remembers a row by its key. Without one there are no such rows: all of the old row is in the event then.
     *
     * @param table what the stream says the table looks like
     */
    void add(TableId id, @Nullable Table table, RowImage row) {
        if (table == null || table.primaryKeyColumnNames().isEmpty()) {
            return;
        }
        List<String> columns = table.primaryKeyColumnNames();
        if (!columns.stream().allMatch(column -> row.hasText(place(table, column)))) {
            count = MOST;
            return;
        }
        String key = columns.stream()
                .map(column -> Identifier.literal(row.text(place(table, column))))
                .collect(Collectors.joining(", ", "(", ")"));
        Keys keys = tables.computeIfAbsent(id, any -> new Keys(columns, new LinkedHashSet<>()));
        if (count < MOST && keys.values().add(key)) {
            count++;
        }
    }

    private static int place(Table table, String column) {
        return table.columnWithName(column).position() - 1;
    }

    /** Whether there were too many to remember them all. */
    boolean isOverfull() {
        return count >= MOST;
    }

    /** Whether it is time to read them again. */
    boolean isMany() {
        return count >= KEYS_PER_STATEMENT;
    }

    /** Whether a table has any. */
    boolean has(TableId table) {
        return tables.containsKey(table);
    }

    /** The conditions that are true of a table's rows, some of them each. */
    List<String> conditions(TableId table) {
        Keys keys = tables.get(table);
        if (keys == null) {
            return List.of();
        }
        String columns = keys.columns().stream().map(Identifier::quote).collect(Collectors.joining(", ", "(", ")"));
        List<String> values = List.copyOf(keys.values());
        List<String> conditions = new ArrayList<>();
        for (int from = 0; from < values.size(); from += KEYS_PER_STATEMENT) {
            List<String> some = values.subList(from, Math.min(values.size(), from + KEYS_PER_STATEMENT));
            conditions.add(columns + " IN (" + String.join(", ", some) + ")");
        }
        return conditions;
    }
}
