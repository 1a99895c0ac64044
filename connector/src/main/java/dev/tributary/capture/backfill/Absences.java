// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.backfill.BackfillPlan.Found;
import dev.tributary.capture.backfill.Discovery.Look;
import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.postgres.TableName;
import io.debezium.relational.TableId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Notices tables whose changes are not captured for a while, although the catalog looks as before once they are back:
 * their changes have another name, or they are not published because of what happens to the table itself, which becomes
 * unlogged, moves to another schema, or is detached. Their rows have been sent, or some of them have.
 */
final class Absences {

    /** The tables whose rows are read, by their oids. */
    private final Map<Long, TableId> tables = new HashMap<>();

    Absences(Found found) {
        learn(found);
    }

    /** The catalog was read. Returns what it means for the tables that turn out to be absent. */
    Look looked(Found found, BackfillState state) {
        learn(found);
        Map<Long, TableName> published = new HashMap<>();
        found.published().oids().forEach((table, oid) -> published.put(oid, table));
        // A publication that does not exist at the moment says nothing of the tables.
        if (published.isEmpty()) {
            return Look.NOTHING;
        }
        TableId current = state.current();
        return look(
                current,
                state.interrupt((table, known) -> known.oid()
                        .filter(oid -> !table.equals(published.get(oid)))
                        .isPresent()));
    }

    /** The stream describes a table by a name. Returns what it means for the table if another name is captured. */
    Look described(TableName table, long oid, BackfillState state) {
        TableId id = tables.get(oid);
        if (id == null || SnapshotPlan.name(id).equals(table)) {
            return Look.NOTHING;
        }
        TableName known = SnapshotPlan.name(id);
        TableId current = state.current();
        Optional<Long> described = Optional.of(oid);
        boolean isKnown = state.captured(known)
                        .filter(text -> TableIdentity.parse(text).oid().equals(described))
                        .isPresent()
                || state.isPending(id);
        return isKnown
                ? look(
                        current,
                        state.interrupt((name, identity) ->
                                name.equals(known) && identity.oid().equals(described)))
                : Look.NOTHING;
    }

    private static Look look(@Nullable TableId current, Set<TableName> interrupted) {
        if (interrupted.isEmpty()) {
            return Look.NOTHING;
        }
        return current != null && interrupted.contains(SnapshotPlan.name(current))
                ? Look.ANOTHER_BEGINNING
                : Look.CHANGES;
    }

    private void learn(Found found) {
        tables.clear();
        for (TableId table : found.readable()) {
            tables.put(found.published().oid(SnapshotPlan.name(table)), table);
        }
    }
}
