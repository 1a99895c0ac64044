// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

/** How far the stream has got with decoding and handing over changes, for readers of tables that run alongside it. */
public final class StreamedSoFar {

    private static final int REMEMBERED = 8_192;

    private final long[] latest = new long[REMEMBERED];
    private int next;
    private int count;
    private volatile Lsn position = new Lsn(0);

    /**
     * Records the beginning of a transaction. It is committed, because the server sends only committed transactions.
     */
    public synchronized void begun(long id) {
        latest[next] = id;
        next = (next + 1) % REMEMBERED;
        count = Math.min(count + 1, REMEMBERED);
    }

    public void reached(long lsn) {
        position = new Lsn(lsn);
    }

    /** Whether every transaction that was committed before a position has been handed over. */
    public boolean isAtLeast(Lsn other) {
        return !other.isAfter(position);
    }

    /**
     * Whether a snapshot sees every streamed transaction. The server sends a transaction as soon as its commit record
     * is on disk, and only then makes it visible to others; with synchronous replication it waits for the standby in
     * between. This considers the last 8192 transactions: a server has far fewer sessions, and each commits one
     * transaction at a time.
     */
    public synchronized boolean isSeenBy(ServerSnapshot snapshot) {
        for (int i = 0; i < count; i++) {
            if (!snapshot.sees(latest[i])) {
                return false;
            }
        }
        // A transaction that is visible stays visible.
        count = 0;
        next = 0;
        return true;
    }
}
