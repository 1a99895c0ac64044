// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.capture.snapshot.SnapshotProgress;
import dev.tributary.capture.snapshot.TableProgress;
import dev.tributary.postgres.Partition;
import dev.tributary.postgres.TableName;
import io.debezium.relational.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The partitions of captured tables whose changes carry the name of the partitioned table
 * ({@code publish_via_partition_root}). The rows of a table that is attached become rows of the partitioned table
 * without a change of their own.
 */
final class Partitions {

    private final Map<TableName, Partition> byName;

    /** The captured tables that are partitioned. */
    private final Map<TableName, TableId> roots;

    private Partitions(Map<TableName, Partition> byName, Map<TableName, TableId> roots) {
        this.byName = byName;
        this.roots = roots;
    }

    /** @param captured the tables whose rows are read, as they are published */
    static Partitions of(List<TableId> captured, Connection connection) throws SQLException {
        Map<TableName, TableId> tables =
                new HashMap<>(captured.stream().collect(Collectors.toMap(SnapshotPlan::name, Function.identity())));
        Map<TableName, Partition> partitions = Partition.read(connection, tables.keySet()).stream()
                .collect(Collectors.toMap(Partition::name, Function.identity(), (one, other) -> one));
        tables.keySet().retainAll(Partition.partitioned(connection, tables.keySet()));
        return new Partitions(partitions, tables);
    }

    Collection<Partition> all() {
        return byName.values();
    }

    /** Whether there is a table that can get partitions. */
    boolean arePossible() {
        return !roots.isEmpty();
    }

    boolean contains(TableName table) {
        return byName.containsKey(table);
    }

    Map<TableName, String> identities() {
        Map<TableName, String> identities = new HashMap<>();
        byName.forEach((name, partition) -> identities.put(name, partition.identity()));
        return identities;
    }

    /** Identifies a table: a partition, a partitioned table, or any other by its oid. */
    String identity(TableName table, String oid) {
        Partition partition = byName.get(table);
        if (partition != null) {
            return partition.identity();
        }
        return roots.containsKey(table) ? oid + TableIdentity.NOTED : oid;
    }

    /** Debezium's name of a partition. */
    TableId id(Partition partition) {
        return new TableId(
                root(partition).catalog(),
                partition.name().schema(),
                partition.name().name());
    }

    /** The captured table that a partition belongs to. */
    TableId root(Partition partition) {
        return Objects.requireNonNull(roots.get(partition.root()));
    }

    /** The table as whose rows those of a table are sent: of a partition, its root. */
    TableId sentAs(TableId table) {
        Partition partition = byName.get(SnapshotPlan.name(table));
        return partition == null ? table : root(partition);
    }

    /**
     * The partitions whose rows must be read.
     *
     * @param known the tables whose rows have all been sent, according to an offset
     * @param unfinished those that were being read
     * @param pending the tables that are read whole
     */
    List<TableId> unread(
            SnapshotProgress known, SnapshotProgress unfinished, List<TableId> pending, Connection connection)
            throws SQLException {
        List<TableId> unread = new ArrayList<>();
        for (Partition partition : byName.values()) {
            TableProgress before = known.table(partition.name());
            boolean isKnown = before != null && before.identity().equals(partition.identity());
            boolean isNew = !isKnown
                    && areNoted(known.table(partition.root()))
                    && !pending.contains(root(partition))
                    && partition.mayHaveOlderRows(connection);
            if (isNew || unfinished.table(partition.name()) != null) {
                unread.add(id(partition));
            }
        }
        return unread;
    }

    /** Whether an offset notes the partitions of a table. That of an earlier version does not: then all are known. */
    private static boolean areNoted(@Nullable TableProgress root) {
        return root != null && TableIdentity.parse(root.identity()).table().endsWith(TableIdentity.NOTED);
    }
}
