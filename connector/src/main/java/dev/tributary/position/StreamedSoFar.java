// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

/** What the stream has read, decoded and sent on its way, for who reads tables beside it. */
public final class StreamedSoFar {

    private static final int REMEMBERED = 8_192;

    private final long[] latest = new long[REMEMBERED];
    private int next;
    private int count;
    private volatile Lsn position = new Lsn(0);

    /** A transaction begins; it has been committed, or the server would not send it. */
    public synchronized void begun(long id) {
        latest[next] = id;
        next = (next + 1) % REMEMBERED;
        count = Math.min(count + 1, REMEMBERED);
    }

    public void reached(long lsn) {
        position = new Lsn(lsn);
    }

    /** Whether every transaction that was committed before a position has been sent on its way. */
    public boolean isAtLeast(Lsn other) {
        return !other.isAfter(position);
    }

    /**
     * Whether who reads with a snapshot finds everything that was streamed. The server sends a transaction as soon as its commit
     * record is on disk, and only then lets others see it; with synchronous replication it waits for the standby in between. Of
     * the last 8192 transactions: a server has far fewer sessions, each with one commit under way.
     */
    public synchronized boolean isSeenBy(ServerSnapshot snapshot) {
        for (int i = 0; i < count; i++) {
            if (!snapshot.sees(latest[i])) {
                return false;
            }
        }
        // What can be seen once can be seen for ever.
        count = 0;
        next = 0;
        return true;
    }
}
