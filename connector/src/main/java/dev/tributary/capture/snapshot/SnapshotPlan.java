// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.SharedSnapshot;
import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TableStorage;
import dev.tributary.postgres.TableStorageQuery;
import io.debezium.relational.RelationalDatabaseConnectorConfig.SnapshotTablesRowCountOrder;
import io.debezium.relational.TableId;
import io.debezium.snapshot.spi.SnapshotLock;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tables of a snapshot, locked, and their files.
 *
 * @param tables the tables in the order in which they are read
 */
public record SnapshotPlan(List<Entry> tables) {

    /**
     * A table.
     *
     * @param id Debezium's name of it
     * @param storage its files
     */
    public record Entry(TableId id, TableStorage storage) {}

    public SnapshotPlan {
        tables = List.copyOf(tables);
    }

    /** Locks tables and looks up their files. A table that no longer exists is left out. */
    static SnapshotPlan of(
            SharedSnapshot shared,
            List<TableId> tables,
            SnapshotLock locks,
            Duration lockTimeout,
            SnapshotTablesRowCountOrder order)
            throws SQLException, InterruptedException {
        List<TableName> names = tables.stream().map(SnapshotPlan::name).toList();
        shared.lock(names, lockTimeout);
        for (TableId table : tables) {
            Optional<String> further = locks.tableLockingStatement(lockTimeout, table.toDoubleQuotedString());
            if (further.isPresent()) {
                shared.lock(name(table), further.get(), lockTimeout);
            }
        }
        Map<TableName, TableStorage> storages =
                shared.byKeeper(keeper -> TableStorageQuery.read(keeper, names)).stream()
                        .collect(Collectors.toMap(TableStorage::table, Function.identity()));
        List<Entry> entries = new ArrayList<>();
        for (TableId table : tables) {
            TableStorage storage = storages.get(name(table));
            if (storage != null) {
                entries.add(new Entry(table, storage));
            }
        }
        Comparator<Entry> byRows =
                Comparator.comparingLong(entry -> entry.storage().rows());
        switch (order) {
            case ASCENDING -> entries.sort(byRows);
            case DESCENDING -> entries.sort(byRows.reversed());
            case DISABLED -> {
                // The given order stays.
            }
        }
        return new SnapshotPlan(entries);
    }

    public static TableName name(TableId table) {
        return new TableName(table.schema(), table.table());
    }

    /** Whether a table was rewritten between the snapshot and the lock: to the snapshot it may look empty. */
    boolean isRewritten() {
        return tables.stream().anyMatch(entry -> entry.storage().rewritten());
    }
}
