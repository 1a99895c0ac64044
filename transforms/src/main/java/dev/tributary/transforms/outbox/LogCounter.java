// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

/** Counts something that may happen with every row, and says when to log it: the 1st, 2nd, 4th, 8th time and so on. */
public final class LogCounter {

    private long count;

    /** Counts one more; true if it should be logged. */
    public boolean increment() {
        count++;
        return Long.bitCount(count) == 1;
    }

    /** How many have been counted. */
    public long value() {
        return count;
    }
}
