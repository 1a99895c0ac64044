// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.position.Lsn;
import dev.tributary.position.ServerSnapshot;
import dev.tributary.row.RowImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows that were read at a moment and wait until the stream has reached it.
 *
 * <p>A change of a transaction that the moment sees led up to the row that was read: it goes first. A change of a
 * transaction that the moment does not see changed the row that was read: the row goes before that. Once everything
 * that the moment sees has been streamed, the rest goes.
 */
final class RowWindow {

    private final ServerSnapshot moment;
    private final Lsn end;
    private final Map<String, RowImage> byKey = new LinkedHashMap<>();
    private final List<RowImage> keyless = new ArrayList<>();

    /**
     * @param moment the transactions that the reader could see
     * @param end the commit record of every transaction that the moment sees is before this position
     * @param keys identifies rows
     */
    RowWindow(ServerSnapshot moment, Lsn end, RowKey keys, List<RowImage> rows) {
        this.moment = moment;
        this.end = end;
        for (RowImage row : rows) {
            String key = keys.of(row);
            // Rows of a table and of one that inherits from it can have the same key.
            if (key == null || byKey.putIfAbsent(key, row) != null) {
                keyless.add(row);
            }
        }
    }

    /** The position after everything that the moment sees. */
    Lsn end() {
        return end;
    }

    /** Whether it is unknown if a change led up to one of the rows or changed it: then the rows must not be sent. */
    boolean isDoubtful(long transaction, RowKey streamed, @Nullable RowImage before, @Nullable RowImage after) {
        if (moment.isSureOf(transaction)) {
            return false;
        }
        return !keyless.isEmpty()
                || (before == null && after == null)
                || concerns(streamed, before)
                || concerns(streamed, after);
    }

    private boolean concerns(RowKey streamed, @Nullable RowImage row) {
        if (row == null) {
            return false;
        }
        String key = streamed.of(row);
        return key == null || byKey.containsKey(key);
    }

    /**
     * Removes and returns the rows that must be sent before a change.
     *
     * @param streamed identifies rows of the stream
     */
    List<RowImage> takeBefore(long transaction, RowKey streamed, @Nullable RowImage before, @Nullable RowImage after) {
        if (moment.sees(transaction)) {
            return List.of();
        }
        if (!keyless.isEmpty() || (before == null && after == null)) {
            return takeAll();
        }
        List<RowImage> taken = new ArrayList<>(1);
        for (RowImage row : new RowImage[] {before, after}) {
            if (row == null) {
                continue;
            }
            String key = streamed.of(row);
            if (key == null) {
                // It names another unique index than the primary key: it could be any row.
                taken.addAll(takeAll());
                return taken;
            }
            RowImage held = byKey.remove(key);
            if (held != null) {
                taken.add(held);
            }
        }
        return taken;
    }

    /** Removes and returns all rows that are left. */
    List<RowImage> takeAll() {
        List<RowImage> all = new ArrayList<>(byKey.values());
        all.addAll(keyless);
        byKey.clear();
        keyless.clear();
        return all;
    }
}
