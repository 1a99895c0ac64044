// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current rows of a table. A repeated event changes nothing, whether it is the latest of a row or an older one that
 * a connector sends again after a crash.
 *
 * <p>The LSN of a change shows its age: a later change of a row has a greater LSN. A row that a snapshot has read
 * always replaces the current one, because the database may be a different one.
 */
final class Rows<K, V> {

    /** The number of deleted rows whose LSN is kept: more than a connector has in flight when it crashes. */
    private static final int GRAVES = 100_000;

    private final Map<K, Row<V>> rows = new HashMap<>();
    private final Map<K, Long> graves = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Long> eldest) {
            return size() > GRAVES;
        }
    };

    private record Row<V>(@Nullable Long lsn, V value) {}

    /**
     * Sets a row after a change.
     *
     * @param lsn the LSN of the change; null if the record has none or comes from a snapshot, and then it replaces any
     *     row
     * @return whether this was not an older change
     */
    boolean put(K key, @Nullable Long lsn, V value) {
        Row<V> before = rows.get(key);
        if (isOlder(lsn, before == null ? graves.get(key) : before.lsn)) {
            return false;
        }
        graves.remove(key);
        rows.put(key, new Row<>(lsn, value));
        return true;
    }

    /**
     * Removes a row that was deleted.
     *
     * @return whether there was one, and this was not an older change
     */
    boolean remove(K key, @Nullable Long lsn) {
        Row<V> before = rows.get(key);
        if (before == null || isOlder(lsn, before.lsn)) {
            return false;
        }
        rows.remove(key);
        if (lsn != null) {
            graves.put(key, lsn);
        }
        return true;
    }

    @Nullable
    V get(K key) {
        Row<V> row = rows.get(key);
        return row == null ? null : row.value;
    }

    private static boolean isOlder(@Nullable Long lsn, @Nullable Long known) {
        return lsn != null && known != null && lsn < known;
    }
}
