// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import java.util.Arrays;

/** The sizes of what waits in a queue, first in, first out. */
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

    /** The size of what came first; there is something. */
    long peek() {
        return ring[first];
    }

    /** Removes the size of what came first; there is something. */
    long remove() {
        long size = ring[first];
        first = (first + 1) % ring.length;
        count--;
        return size;
    }
}
