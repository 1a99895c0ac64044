// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.concurrent.atomic.LongAdder;

/**
 * The changes that are on their way to Kafka, and how old they are. Only records with a commit time are changes: rows
 * that were read, heartbeats and notifications are not. One thread at a time adds changes; any thread may take them
 * away.
 */
final class ChangesInFlight {

    private final LongAdder count = new LongAdder();

    /** The commit time of the first change that was on its way after a time when none was. */
    private volatile long firstCommitMillis = EventStatus.NO_COMMIT;

    /** The commit time of the change that was stored last. */
    private volatile long lastCommitMillis = EventStatus.NO_COMMIT;

    /**
     * Changes leave.
     *
     * @param changes how many
     * @param oldestCommitMillis the commit time of the first of them
     * @param areFirst whether no record was on its way
     */
    void departed(int changes, long oldestCommitMillis, boolean areFirst) {
        if (areFirst || count.sum() <= 0) {
            firstCommitMillis = oldestCommitMillis;
        }
        count.add(changes);
    }

    /** A change is stored. */
    void stored(long commitMillis) {
        if (lastCommitMillis != commitMillis) {
            lastCommitMillis = commitMillis;
        }
    }

    /** Connect is done with a change. */
    void done() {
        count.decrement();
    }

    /** The age of the oldest change on its way; -1 if there is none. */
    long ageMillis(long nowMillis) {
        long commitMillis = Math.max(firstCommitMillis, lastCommitMillis);
        return count.sum() <= 0 || commitMillis == EventStatus.NO_COMMIT
                ? WalLag.UNKNOWN
                : Math.max(0, nowMillis - commitMillis);
    }
}
