// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.Allowances.Effect;
import java.util.BitSet;

/**
 * The positions in the history of a key at which its records can be. There can be several, because most deletes do not
 * say which version of the row they deleted, and a tombstone says nothing at all.
 */
final class Positions {

    private final History history;
    private BitSet at = new BitSet();

    Positions(History history) {
        this.history = history;
        at.set(0);
    }

    /** The highest possible position. */
    int last() {
        return at.length() - 1;
    }

    /** Continues at a position, whatever was before. */
    void restart(int position) {
        at = new BitSet();
        at.set(position);
    }

    /**
     * Moves to an insert or update.
     *
     * @return false if it must not follow; the positions are then as before
     */
    boolean row(int target) {
        BitSet next = new BitSet();
        at.stream().forEach(from -> step(from, target, next));
        return move(next);
    }

    /**
     * Moves to the delete at one of the targets.
     *
     * @param orStays whether it can also be a delete that is not in the history
     */
    boolean delete(BitSet targets, boolean orStays) {
        BitSet next = orStays ? (BitSet) at.clone() : new BitSet();
        at.stream().forEach(from -> {
            for (int target = targets.nextSetBit(0); target >= 0; target = targets.nextSetBit(target + 1)) {
                step(from, target, next);
            }
        });
        return move(next);
    }

    /**
     * Moves to a tombstone, which must not follow anything but its delete.
     *
     * @param orStays whether it can also follow a delete that is not in the history
     */
    boolean tombstone(boolean orStays) {
        BitSet next = orStays ? (BitSet) at.clone() : new BitSet();
        at.stream().forEach(from -> {
            BitSet targets = history.tombstones();
            for (int target = targets.nextSetBit(0);
                    target >= 0 && (target <= from + 1 || history.allows(target, Effect.SENT_AHEAD));
                    target = targets.nextSetBit(target + 1)) {
                if (target <= from + 1) {
                    step(from, target, next);
                } else {
                    next.set(from);
                }
            }
        });
        return move(next);
    }

    /**
     * Moves to a row of a snapshot, which stands for the insert or update that wrote it.
     *
     * @param mayBeAhead whether it can be of a snapshot that reads ahead of the stream
     */
    boolean read(int target, boolean mayBeAhead) {
        BitSet next = new BitSet();
        at.stream().forEach(from -> {
            if (target < from) {
                repeat(from, target, next);
            } else {
                // The row does not replace the event of its change.
                if (history.mayBeMissing(from, target)) {
                    next.set(target);
                }
                if (mayBeAhead && history.allows(target, Effect.READ_AHEAD)) {
                    next.set(from);
                }
            }
        });
        return move(next);
    }

    /** How the history ends if no more records arrive: the best case of all positions. */
    Completeness end() {
        return at.stream().mapToObj(this::end).min(Completeness::compareTo).orElseThrow();
    }

    /** How the history ends if the last record is at this position. */
    Completeness end(int position) {
        int size = history.size();
        if (position == size) {
            return Completeness.COMPLETE;
        }
        if (!history.mayBeMissing(position, size)) {
            return Completeness.INCOMPLETE;
        }
        if (history.allows(size, Effect.LOST) || history.isTruncated()) {
            return Completeness.EXCUSED;
        }
        if (history.hasRow(size)) {
            return Completeness.INCOMPLETE;
        }
        if (!history.hasRow(position)) {
            return Completeness.COMPLETE;
        }
        return history.allows(size, Effect.DELETE_LOST) ? Completeness.EXCUSED : Completeness.INCOMPLETE;
    }

    private void step(int from, int target, BitSet next) {
        if (target <= from) {
            repeat(from, target, next);
            return;
        }
        if (history.mayBeMissing(from, target - 1)) {
            next.set(target);
        }
        if (history.allows(target, Effect.SENT_AHEAD)) {
            // It is sent again once those before it have arrived.
            next.set(from);
        }
    }

    private void repeat(int from, int target, BitSet next) {
        if (history.allows(target, Effect.REPEATED)) {
            next.set(target);
        }
        if (history.allows(target, Effect.STRAY)) {
            next.set(from);
        }
    }

    private boolean move(BitSet next) {
        if (next.isEmpty()) {
            return false;
        }
        at = next;
        return true;
    }
}
