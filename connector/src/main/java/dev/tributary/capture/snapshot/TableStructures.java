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
 * What the tables of a snapshot look like.
 *
 * <p>Debezium reads it over a connection of its own, by queries that lock tables. So it is read before the snapshot locks
 * them: somebody who wants to alter a table would wait for the snapshot, and Debezium's query would wait for that one.
 */
final class TableStructures {

    private final Map<TableId, Structure> structures = new HashMap<>();
    private final Map<TableName, String> definitions;

    /**
     * What one table looks like.
     *
     * @param table its columns
     * @param schema the schemas of its events
     */
    record Structure(Table table, TableSchema schema) {}

    private TableStructures(Map<TableName, String> definitions) {
        this.definitions = definitions;
    }

    static TableStructures read(SnapshotSetup setup, List<TableId> tables) throws SQLException {
        TableStructures read = new TableStructures(definitions(setup, tables));
        long timeout = Math.max(1, setup.config().snapshotLockTimeout().toMillis());
        setup.connection().executeWithoutCommitting("SET LOCAL lock_timeout = " + timeout);
        setup.refreshSchema().run();
        for (TableId id : tables) {
            Table table = setup.schema().tableFor(id);
            TableSchema schema = setup.schema().schemaFor(id);
            if (table != null && schema != null && !table.columns().isEmpty()) {
                read.structures.put(id, new Structure(table, schema));
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

    /** Whether the tables still look like this. */
    boolean areCurrent(SnapshotSetup setup, List<TableId> tables) throws SQLException {
        boolean same = definitions.equals(definitions(setup, tables));
        setup.connection().commit();
        return same;
    }

    /** The tables of which there is something to be read: they are there, and have columns. */
    Map<TableId, Structure> known() {
        return Map.copyOf(structures);
    }
}
