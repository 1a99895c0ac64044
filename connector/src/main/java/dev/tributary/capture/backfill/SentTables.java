// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.backfill.BackfillPlan.Found;
import dev.tributary.capture.backfill.BackfillPlan.Rows;
import dev.tributary.capture.snapshot.KnownTables;
import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.capture.snapshot.SnapshotProgress;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.snapshot.TableProgress;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.TableName;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tables that the offset of an unfinished snapshot lists, compared with the catalog. That of an earlier version
 * lists none: then the catalog does not show a gap.
 */
public final class SentTables implements KnownTables {

    private final Found found;
    private final Continuity continuity;
    private final Optional<SnapshotProgress> listed;
    private final Map<Long, TableName> names = new HashMap<>();

    SentTables(Found found, Continuity continuity, Optional<SnapshotProgress> listed) {
        this.found = found;
        this.continuity = continuity;
        this.listed = listed;
        if (listed.isEmpty()) {
            found.readable().stream()
                    .map(SnapshotPlan::name)
                    .forEach(table -> names.put(found.published().oid(table), table));
        }
        listed.map(SnapshotProgress::tables)
                .orElse(Map.of())
                .forEach((table, known) ->
                        TableIdentity.parse(known.identity()).oid().ifPresent(oid -> names.put(oid, table)));
    }

    /** Reads the catalog, at a moment before that of the snapshot. */
    public static SentTables read(SnapshotSetup setup) throws SQLException {
        Map<String, ?> stored =
                setup.parts().stored().<Map<String, ?>>map(StoredOffset::values).orElse(Map.of());
        SentTables tables = new SentTables(
                BackfillPlan.find(setup, setup.connection()),
                Continuity.of(setup, stored),
                SnapshotProgress.parse(stored.get(BackfillState.CAPTURED)));
        setup.connection().commit();
        return tables;
    }

    @Override
    public Set<TableName> interrupted(Collection<TableName> sent) {
        Set<TableName> interrupted = new HashSet<>();
        if (listed.isPresent()) {
            Map<TableName, TableId> captured = new HashMap<>();
            found.captured().forEach(table -> captured.put(SnapshotPlan.name(table), table));
            for (TableName table : sent) {
                Optional<String> gap = gap(table, listed.get());
                if (gap.isPresent()) {
                    interrupted.add(table);
                    TableId id = captured.get(table);
                    if (id != null) {
                        found.warnOf(id, gap.get(), continuity, Rows.READ);
                    }
                }
            }
        }
        return interrupted;
    }

    /** What was known of a table that does not continue; empty if it does. One that is not listed was not published. */
    private Optional<String> gap(TableName table, SnapshotProgress known) {
        TableProgress before = known.table(table);
        if (before == null) {
            return Optional.of(found.identity(table).interrupted().text());
        }
        return found.continues(table, before.identity(), continuity)
                ? Optional.empty()
                : Optional.of(before.identity());
    }

    @Override
    public Optional<TableName> elsewhere(@Nullable TableId described, long oid) {
        return Optional.ofNullable(names.get(oid))
                .filter(known -> described == null || !known.equals(SnapshotPlan.name(described)));
    }
}
