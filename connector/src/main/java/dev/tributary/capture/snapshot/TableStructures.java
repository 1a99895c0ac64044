// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.TableDefinitionQuery;
import dev.tributary.postgres.TableName;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The structures of a snapshot's tables.
 *
 * <p>Debezium reads them over a connection of its own, by queries that lock tables. So they are read before the
 * snapshot locks the tables. Otherwise a session that wants to alter a table would wait for the snapshot, and
 * Debezium's query would wait for that session.
 */
final class TableStructures {

    private final Map<TableId, TableStructure> structures = new HashMap<>();
    private final Map<TableName, String> definitions;

    private TableStructures(Map<TableName, String> definitions) {
        this.definitions = definitions;
    }

    static TableStructures read(SnapshotSetup setup, List<TableId> tables) throws SQLException {
        TableStructures read = new TableStructures(definitions(setup, tables));
        long timeout = Math.max(1, setup.config().snapshotLockTimeout().toMillis());
        setup.connection().executeWithoutCommitting("SET LOCAL lock_timeout = " + timeout);
        setup.parts().schema().refreshAll(setup.connection());
        setup.parts().schema().assertHidden(setup.connection(), tables);
        for (TableId id : tables) {
            Table table = setup.parts().schema().tableFor(id);
            TableSchema schema = setup.parts().schema().schemaFor(id);
            if (table != null && schema != null && !table.columns().isEmpty()) {
                read.structures.put(id, new TableStructure(table, schema));
            }
        }
        setup.connection().commit();
        return read;
    }

    private static Map<TableName, String> definitions(SnapshotSetup setup, List<TableId> tables) throws SQLException {
        return TableDefinitionQuery.read(
                setup.connection().connection(),
                tables.stream().map(SnapshotPlan::name).toList());
    }

    /** Whether the tables still have these structures. */
    boolean areCurrent(SnapshotSetup setup, List<TableId> tables) throws SQLException {
        boolean same = definitions.equals(definitions(setup, tables));
        setup.connection().commit();
        return same;
    }

    /** The structures of the tables that can be read: they exist and have columns. */
    Map<TableId, TableStructure> known() {
        return Map.copyOf(structures);
    }
}
