// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.replication.RelationMessage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The replica identities of partitions whose changes carry the name of another table. Each has one of its own, and the
 * old rows contain that one; but a change does not say in which partition it was made.
 *
 * <p>What the server sends shows whose partition a table is: before the first change of one, the relation message of
 * the table whose name the change carries, and immediately after it that of the partition ({@code maybe_send_schema} in
 * Postgres's pgoutput.c).
 */
final class PartitionIdentities {

    /**
     * The partitions of a table, as far as they have changed.
     *
     * @param columns the columns of the table
     * @param identities the columns of the replica identity of each partition
     */
    private record Partitions(List<String> columns, Map<Integer, Set<String>> identities) {}

    /** A relation message that no change has followed yet. */
    private record Described(int id, RelationMessage message) {}

    private final Map<Integer, Partitions> byTable = new HashMap<>();
    private @Nullable Described last;
    private @Nullable Described beforeLast;

    /** A relation message has arrived. */
    void described(int id, RelationMessage message) {
        beforeLast = last;
        last = new Described(id, message);
        Partitions known = byTable.get(id);
        if (known == null || !known.columns.equals(message.columns())) {
            // Each partition is described again before its next change: its columns have other names now.
            byTable.put(id, new Partitions(message.columns(), new HashMap<>()));
        }
    }

    /** A change of rows has arrived, which carries the name of a table. */
    void changed(int id) {
        if (last == null) {
            return;
        }
        Partitions known = byTable.get(id);
        if (last.id != id && beforeLast != null && beforeLast.id == id && known != null) {
            known.identities.put(last.id, last.message.identityColumns());
        }
        last = null;
        beforeLast = null;
    }

    /** Several tables were truncated; all of them were described before. */
    void truncated() {
        last = null;
        beforeLast = null;
    }

    /** The identities of a table's partitions, which become more; none if its rows are in no partition. */
    Map<Integer, Set<String>> of(int id) {
        Partitions known = byTable.get(id);
        return known == null ? Map.of() : known.identities;
    }
}
