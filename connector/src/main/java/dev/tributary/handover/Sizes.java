// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.Arrays;

/** The sizes of the records that wait in a queue, first in, first out. */
final class Sizes {

    private long[] ring = new long[64];
    private int first;
    private int count;

    void add(long size) {
        if (count == ring.length) {
            long[] larger = Arrays.copyOfRange(ring, first, first + 2 * count);
            System.arraycopy(ring, 0, larger, count - first, first);
            ring = larger;
            first = 0;
        }
        ring[(first + count) % ring.length] = size;
        count++;
    }

    /** The first size; there is one. */
    long peek() {
        return ring[first];
    }

    /** Removes the first size; there is one. */
    long remove() {
        long size = ring[first];
        first = (first + 1) % ring.length;
        count--;
        return size;
    }
}
