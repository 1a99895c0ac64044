// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;

/** Up to where the stream has been read, decoded and sent on its way: every transaction whose commit record lies before. */
public final class StreamedUpTo {

    private volatile Lsn position = new Lsn(0);

    void reached(long lsn) {
        position = new Lsn(lsn);
    }

    /** Whether every transaction that was committed before a position has been sent on its way. */
    public boolean isAtLeast(Lsn other) {
        return !other.isAfter(position);
    }
}
