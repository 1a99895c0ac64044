// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.Kind;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.ReadingSession;
import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TableSize;
import dev.tributary.postgres.TableSizeQuery;
import dev.tributary.preflight.Survey;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The sizes of the captured tables and of their partitions. */
final class Sizes {

    /** lock_not_available: a table is being altered, and its size is behind the lock. */
    private static final String LOCKED = "55P03";

    private final Map<TableName, TableSize> sizes;

    private Sizes(Map<TableName, TableSize> sizes) {
        this.sizes = sizes;
    }

    /** The present sizes; those of the last vacuum or analyze if one of the tables is locked. */
    static Sizes read(ConnectionTarget target, Survey survey) throws SQLException {
        Map<TableName, TableSize> sizes = new HashMap<>();
        for (Survey.Captured table : survey.tables()) {
            sizes.put(table.name(), recorded(table.name(), rowHolders(table)));
            table.partitions()
                    .forEach(partition -> sizes.put(partition.name(), recorded(partition.name(), List.of(partition))));
        }
        try (ReadingSession session = ReadingSession.open(target, CopyProbe.APPLICATION)) {
            TableSizeQuery.read(session.connection(), List.copyOf(sizes.keySet()))
                    .forEach(size -> sizes.put(size.table(), size));
        } catch (SQLException e) {
            if (!LOCKED.equals(e.getSQLState())) {
                throw e;
            }
        }
        return new Sizes(sizes);
    }

    private static List<CatalogTable> rowHolders(Survey.Captured table) {
        return table.table().kind() == Kind.PARTITIONED_TABLE ? table.partitions() : List.of(table.table());
    }

    /** The size at the last vacuum or analyze. */
    private static TableSize recorded(TableName name, List<CatalogTable> tables) {
        boolean known = tables.stream().allMatch(table -> table.estimatedRows() >= 0);
        return new TableSize(
                name,
                known ? tables.stream().mapToLong(CatalogTable::estimatedRows).sum() : null,
                tables.stream().mapToLong(CatalogTable::sizeBytes).sum());
    }

    TableSize of(TableName table) {
        return sizes.getOrDefault(table, new TableSize(table, null, 0));
    }
}
