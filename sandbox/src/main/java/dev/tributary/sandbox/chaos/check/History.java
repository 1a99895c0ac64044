// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.Allowances.Effect;
import dev.tributary.sandbox.chaos.load.Change;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What was committed for one key, in commit order, as the records that a topic must contain: each change, and a
 * tombstone after each delete. Positions count from 1; position 0 is before the first record.
 */
final class History {

    private final List<Change> changes = new ArrayList<>();
    private final List<Set<Effect>> effects = new ArrayList<>();
    private final BitSet tombstones = new BitSet();
    private final BitSet deletes = new BitSet();
    private final Map<String, Integer> rows = new HashMap<>();
    private final Map<String, Integer> deletesByTag = new HashMap<>();
    /** For each position the number of records up to it that must not be missing. */
    private final int[] required;

    private final boolean truncated;

    /**
     * @param ofKey the changes of the key in commit order, without TRUNCATE
     * @param truncated whether a TRUNCATE of the table follows them
     */
    History(List<Change> ofKey, boolean truncated, Allowances allowances) {
        for (Change change : ofKey) {
            Set<Effect> allowed = allowances.of(change);
            add(change, allowed);
            if (change.op() == Change.DELETE) {
                deletes.set(size());
                deletesByTag.put(change.tag(), size());
                add(change, allowed);
                tombstones.set(size());
            } else {
                rows.put(change.tag(), size());
            }
        }
        this.truncated = truncated;
        this.required = new int[size() + 1];
        for (int position = 1; position <= size(); position++) {
            required[position] = required[position - 1] + (mayBeMissing(position) ? 0 : 1);
        }
    }

    private void add(Change change, Set<Effect> allowed) {
        changes.add(change);
        effects.add(allowed);
    }

    int size() {
        return changes.size();
    }

    Change change(int position) {
        return changes.get(position - 1);
    }

    boolean isTombstone(int position) {
        return tombstones.get(position);
    }

    boolean isDelete(int position) {
        return deletes.get(position);
    }

    /** The positions of the deletes. */
    BitSet deletes() {
        return deletes;
    }

    /**
     * The positions of the deletes that a record with this LSN can be. The LSN is that of the row's WAL record, which
     * is after the commit of the transaction before it and before the LSN of its own change, which is that of its
     * commit; if no delete fits, it can be any.
     */
    BitSet deletes(long lsn) {
        BitSet fitting = (BitSet) deletes.clone();
        deletes.stream()
                .filter(position -> change(position).lsn() < lsn || transactionBefore(position) > lsn)
                .forEach(fitting::clear);
        return fitting.isEmpty() ? deletes : fitting;
    }

    /** The LSN of the last change before this one that another transaction made; the least one if there is none. */
    private long transactionBefore(int position) {
        long own = change(position).lsn();
        for (int before = position - 1; before > 0; before--) {
            if (change(before).lsn() != own) {
                return change(before).lsn();
            }
        }
        return Long.MIN_VALUE;
    }

    /** The positions of the tombstones. */
    BitSet tombstones() {
        return tombstones;
    }

    /** The position of the insert or update that wrote this version of the row; 0 if there is none. */
    int ofRow(String tag) {
        return rows.getOrDefault(tag, 0);
    }

    /** The position of the delete of this version of the row; 0 if there is none. */
    int ofDelete(String tag) {
        return deletesByTag.getOrDefault(tag, 0);
    }

    boolean allows(int position, Effect effect) {
        return effects.get(position - 1).contains(effect);
    }

    boolean mayBeMissing(int position) {
        return allows(position, Effect.LOST)
                || allows(position, Effect.READ)
                || (allows(position, Effect.DELETE_LOST) && change(position).op() == Change.DELETE);
    }

    /** Whether everything after one position, up to and including another, may be missing. */
    boolean mayBeMissing(int after, int upTo) {
        return required[upTo] == required[after];
    }

    /** Whether there is a row after the record at this position. */
    boolean hasRow(int position) {
        return position > 0 && change(position).op() != Change.DELETE;
    }

    /** Whether the row, if there was one, went with a TRUNCATE after the last change. */
    boolean isTruncated() {
        return truncated;
    }
}
