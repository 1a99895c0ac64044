// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.backfill.BackfillPlan.Found;
import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.postgres.TableName;
import io.debezium.relational.TableId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Notices captured tables whose changes are not captured for a while, although the catalog looks as before once they
 * are back: their changes have another name, or they are not published because of what happens to the table itself,
 * which becomes unlogged, moves to another schema, or is detached.
 */
final class Absences {

    /** The names of the tables whose rows are read, by their oids. */
    private final Map<Long, TableName> names = new HashMap<>();

    Absences(Found found) {
        learn(found);
    }

    /** The catalog was read. Returns whether a table turns out to be absent. */
    boolean looked(Found found, BackfillState state) {
        learn(found);
        Set<Long> published = new HashSet<>(found.published().oids().values());
        // A publication that does not exist at the moment says nothing of the tables.
        return !published.isEmpty()
                && state.interrupt(known ->
                        known.oid().filter(oid -> !published.contains(oid)).isPresent());
    }

    /** The stream describes a table by a name. Returns whether that means that a captured one is absent. */
    boolean described(TableName table, long oid, BackfillState state) {
        TableName known = names.get(oid);
        return known != null
                && !known.equals(table)
                && state.captured(known)
                        .flatMap(text -> TableIdentity.parse(text).oid())
                        .equals(Optional.of(oid))
                && state.interrupt(identity -> identity.oid().equals(Optional.of(oid)));
    }

    private void learn(Found found) {
        names.clear();
        for (TableId table : found.readable()) {
            TableName name = SnapshotPlan.name(table);
            names.put(found.published().oid(name), name);
        }
    }
}
