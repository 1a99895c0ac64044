// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;

/** How far the stream has got with decoding and handing over changes, for readers of tables that run alongside it. */
public final class StreamedSoFar {

    /** The number of ids whose bits are kept together, which take 8 KB. */
    private static final int PAGE = 1 << 16;

    /** What is remembered takes 1 MB at most: a worker can have many connectors. */
    private static final int PAGES = 1 << 7;

    /** The ids that were streamed: a bit for each, by the number of its page. The first page is the oldest. */
    private final Map<Long, BitSet> pages = new LinkedHashMap<>();

    private long latestPage = -1;
    private BitSet latest = new BitSet();
    private volatile Lsn position = new Lsn(0);

    /**
     * Records the beginning of a transaction. It is committed, because the server sends only committed transactions.
     *
     * @param id its id in the stream: the lower 32 bits, which wrap around
     */
    public synchronized void begun(long id) {
        if (id / PAGE != latestPage) {
            turnTo(id / PAGE);
        }
        latest.set((int) (id % PAGE));
    }

    private void turnTo(long page) {
        latestPage = page;
        latest = pages.computeIfAbsent(page, number -> new BitSet(PAGE));
        if (pages.size() > PAGES) {
            pages.remove(pages.keySet().iterator().next());
        }
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
     * between, while others that do not wait may commit. This considers the last 8 million ids since it was last true.
     */
    public synchronized boolean isSeenBy(ServerSnapshot snapshot) {
        for (Map.Entry<Long, BitSet> page : pages.entrySet()) {
            long first = page.getKey() * PAGE;
            if (!snapshot.isAfter(first, first + PAGE - 1) && !isSeenBy(snapshot, first, page.getValue())) {
                return false;
            }
        }
        // A transaction that is visible stays visible.
        pages.clear();
        latestPage = -1;
        return true;
    }

    private static boolean isSeenBy(ServerSnapshot snapshot, long first, BitSet ids) {
        return ids.stream().allMatch(id -> snapshot.sees(first + id));
    }
}
