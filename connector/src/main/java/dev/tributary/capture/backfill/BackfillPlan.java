// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.PublishedTables;
import dev.tributary.postgres.TableName;
import io.debezium.DebeziumException;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which tables are new to the connector, as the stored offset and the catalog tell at its start.
 *
 * @param published the tables that are streamed
 * @param captured the tables whose rows have all been sent, or need not be, with their oids
 * @param pending the tables whose rows are to be read, in their order
 * @param progress what of these is complete
 */
record BackfillPlan(
        PublishedTables published, Map<TableName, String> captured, List<TableId> pending, SnapshotProgress progress) {

    /**
     * Asks the catalog.
     *
     * @param reads whether tables that are new are read at all
     * @throws DebeziumException if it cannot be asked
     */
    static BackfillPlan of(SnapshotSetup setup, boolean reads) {
        PublishedTables published;
        Set<TableId> all;
        try {
            published = PublishedTables.read(
                    setup.connection().connection(), setup.config().publicationName());
            all = setup.connection().getAllTableIds(setup.config().databaseName()).stream()
                    .filter(table -> published.oids().containsKey(SnapshotPlan.name(table)))
                    .collect(Collectors.toSet());
            setup.connection().commit();
        } catch (SQLException e) {
            throw new DebeziumException("The captured tables cannot be listed", e);
        }
        CapturedTables filter = new CapturedTables(setup.config());
        List<TableId> wanted = reads ? filter.read(filter.of(all, included(setup))) : List.of();
        Optional<StoredOffset> stored = setup.stored().filter(offset -> !offset.isOfUnfinishedSnapshot());
        SnapshotProgress progress = part(stored, Backfill.PROGRESS).orElse(SnapshotProgress.NONE);
        // An offset that does not tell is Debezium's, or an earlier version's: for all we know it has read them all.
        // The table that was begun comes first: only of that one it is known which rows may have moved.
        List<TableId> pending = part(stored, Backfill.CAPTURED)
                .map(known -> wanted.stream()
                        .filter(table -> isNew(SnapshotPlan.name(table), known, published))
                        .sorted(Comparator.comparing(table -> !progress.hasBegun(SnapshotPlan.name(table))))
                        .toList())
                .orElse(List.of());
        Map<TableName, String> captured = filter.of(all, List.of()).stream()
                .filter(table -> !pending.contains(table))
                .map(SnapshotPlan::name)
                .collect(Collectors.toMap(table -> table, published::identity));
        return new BackfillPlan(published, captured, pending, progress);
    }

    private static Optional<SnapshotProgress> part(Optional<StoredOffset> stored, String key) {
        return stored.flatMap(offset -> SnapshotProgress.parse(offset.values().get(key)));
    }

    /** Another table of the same name is new, too. */
    private static boolean isNew(TableName table, SnapshotProgress known, PublishedTables published) {
        SnapshotProgress.Part before = known.tables().get(table);
        return before == null || !before.identity().equals(published.identity(table));
    }

    /** {@code snapshot.include.collection.list}. */
    private static Set<Pattern> included(SnapshotSetup setup) {
        return setup.config().getDataCollectionsToBeSnapshotted().stream()
                .map(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE))
                .collect(Collectors.toSet());
    }
}
