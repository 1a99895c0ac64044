// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

/**
 * A mark that a replication slot carries if this connector moved it past the offset that Connect has stored.
 *
 * <p>Such a slot is no sign of lost changes, while a slot that anything else has moved there is. The position itself
 * shows the difference: Postgres aligns the records of the WAL to 8 bytes (<a
 * href="https://www.postgresql.org/docs/current/wal-internals.html">WAL internals</a>), so every position that it
 * reports, or that another client acknowledges, is a multiple of 8. The marked position is one byte before it. The
 * record that ends at the position begins before both, and the next one after both, so both mean the same changes.
 */
public final class SlotMark {

    private static final long ALIGNMENT = 8;

    private SlotMark() {}

    /** The marked form of a position. */
    public static Lsn on(Lsn position) {
        return isOn(position) ? position : new Lsn(position.value() - 1);
    }

    /** Whether a position has the mark. */
    public static boolean isOn(Lsn position) {
        return Long.remainderUnsigned(position.value(), ALIGNMENT) == ALIGNMENT - 1;
    }
}
