// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.postgres.ColumnType;
import dev.tributary.postgres.TableNameQuery;
import io.debezium.relational.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The table that a name meant when a row was written. By now it can be called something else, or be gone; then the
 * table that has the name stands for it, as far as that has the same columns.
 */
final class MeantTable {

    private final TableId name;
    private final long oid;
    private final Map<String, Integer> types;

    private @Nullable TableId called;
    private boolean isGone;

    /**
     * @param name the name that it had
     * @param oid its oid
     * @param types the columns that it had, and the OIDs of their types
     */
    MeantTable(TableId name, long oid, Map<String, Integer> types) {
        this.name = name;
        this.oid = oid;
        this.types = types;
    }

    /** Whether a name means it. */
    boolean isMeantBy(TableId table) {
        return table.equals(name);
    }

    /** The name to look up in its place; null before {@link #find}. */
    @Nullable
    TableId called() {
        return called;
    }

    /** @param namesake the oid of the table that has the name now */
    void find(Connection connection, long namesake) throws SQLException {
        if (namesake == oid) {
            called = name;
            return;
        }
        Optional<TableId> now =
                TableNameQuery.read(connection, oid).map(found -> new TableId(null, found.schema(), found.name()));
        isGone = now.isEmpty();
        called = now.orElse(name);
    }

    /**
     * Whether a column that was found says something about this table.
     *
     * @param type its type in the table that was looked up; null if that has no such column
     */
    boolean has(String column, @Nullable ColumnType type) {
        return !isGone || (type != null && Integer.valueOf(type.oid()).equals(types.get(column)));
    }
}
