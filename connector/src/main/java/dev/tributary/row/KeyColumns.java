// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.relational.Column;
import io.debezium.relational.Key.KeyMapper;
import io.debezium.relational.Table;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns that the keys of a table's records consist of. A filter of columns does not take them out of the key. */
public final class KeyColumns {

    /** Null unless {@code message.key.columns} is set. */
    private final @Nullable KeyMapper chosen;

    public KeyColumns(PostgresConnectorConfig config) {
        this.chosen = config.getKeyMapper();
    }

    /** The columns, in the order of the key; none if the records have no key. */
    public List<Column> of(Table table) {
        List<Column> columns = chosen == null ? List.of() : chosen.getKeyKolumns(table);
        return columns.isEmpty() ? table.primaryKeyColumns() : columns;
    }

    /** Whether a column, by its name, must be read: it is captured, or part of the key. */
    public Predicate<String> and(Table table, Predicate<String> captured) {
        Set<String> keys = of(table).stream().map(Column::name).collect(Collectors.toSet());
        return captured.or(keys::contains);
    }
}
