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
 * Rows that were updated while a snapshot was interrupted, in an event that leaves out a large value because it had not
 * changed. Nobody downstream has that value if the row has moved to where the snapshot had been already; so these rows are
 * read again by their keys.
 */
final class StaleRows {

    /** More keys are not remembered: their table is read again as a whole. */
    static final int MOST = 100_000;

    /** As many as one statement may ask for. */
    static final int MANY = 1_000;

    private final Map<TableId, Keys> tables = new HashMap<>();
    private int count;

    /**
     * The rows of one table.
     *
     * @param columns the columns of its key
     * @param values the keys, as SQL
     */
    record Keys(List<String> columns, Set<String> values) {

        /** What is true of these rows and of no other. */
        String condition() {
            return condition(List.copyOf(values));
        }

        private String condition(List<String> some) {
            String names = columns.stream().map(Identifier::quote).collect(Collectors.joining(", ", "(", ")"));
            return names + " IN (" + String.join(", ", some) + ")";
        }
    }

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
            overfill();
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

    /** Gives up to remember them one by one. */
    void overfill() {
        count = MOST;
    }

    /** Whether there were too many to remember them all. */
    boolean isOverfull() {
        return count >= MOST;
    }

    /** Whether it is time to read them again. */
    boolean isMany() {
        return count >= MANY;
    }

    /** Whether a table has any. */
    boolean has(TableId table) {
        return tables.containsKey(table);
    }

    /** Takes some rows of a table out, to be read again. */
    Optional<Keys> take(TableId table, int most) {
        Keys keys = tables.get(table);
        if (keys == null) {
            return Optional.empty();
        }
        List<String> taken = keys.values().stream().limit(most).toList();
        taken.forEach(keys.values()::remove);
        count -= taken.size();
        if (keys.values().isEmpty()) {
            tables.remove(table);
        }
        return Optional.of(new Keys(keys.columns(), new LinkedHashSet<>(taken)));
    }

    /** Remembers rows again that could not be read. */
    void putBack(TableId table, Keys taken) {
        Keys keys = tables.computeIfAbsent(table, any -> new Keys(taken.columns(), new LinkedHashSet<>()));
        for (String key : taken.values()) {
            if (keys.values().add(key)) {
                count++;
            }
        }
    }

    /** The conditions that are true of a table's rows, some of them each. */
    List<String> conditions(TableId table) {
        List<String> conditions = new ArrayList<>();
        Keys keys = tables.get(table);
        if (keys != null) {
            List<String> values = List.copyOf(keys.values());
            for (int from = 0; from < values.size(); from += MANY) {
                conditions.add(keys.condition(values.subList(from, Math.min(values.size(), from + MANY))));
            }
        }
        return conditions;
    }
}
