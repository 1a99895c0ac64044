// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Counts the records that Connect was given, and those that it is done with: stored in a topic, or dropped. While the
 * counts are equal, it is done with all of them, so the slot need not keep them.
 *
 * <p>Connect confirms records in any order, because a dropped one overtakes those on their way to Kafka. So nothing
 * follows from a single confirmation. Records on their way to Kafka can keep the counts apart for long, but then
 * Connect stores their offsets from time to time.
 *
 * <p>A dropped record counts at the next poll. While a task is being stopped, Connect also drops a record whose
 * converter or transform asks to be tried again, one that waits for a schema registry for example, and says no more
 * than that it was dropped. Then no poll follows, so the record is read again after the restart.
 *
 * <p>A worker with exactly-once confirms dropped records only with the next transaction, so it may never confirm them
 * if all are dropped. But it commits on the thread that polls, after it has sent or dropped all records of a poll. Any
 * other worker commits there once, when the task ends; then no poll follows.
 *
 * <p>One instance lives as long as the task that Connect runs: records of one attempt are confirmed during the next.
 */
public final class Deliveries {

    /**
     * The records of all polls so far.
     *
     * @param count how many there were
     * @param last the last one
     */
    private record Given(long count, @Nullable SourceRecord last) {}

    private final AtomicLong confirmed = new AtomicLong();
    private volatile Given given = new Given(0, null);
    private volatile Given done = given;
    private volatile @Nullable Thread polling;
    private volatile boolean exactlyOnce;
    private volatile boolean wasComplete = true;
    private boolean groups;

    /** What the thread that polls has done since its last poll began, and what it had been given until then. */
    private boolean polledNothing;

    private boolean committed;
    private long dropped;
    private Given handled = given;

    /**
     * Records leave in groups, and Connect commits after the last record of each, on the thread that polls. To be
     * called before the first poll.
     */
    public void inGroups() {
        groups = true;
        exactlyOnce = true;
    }

    /** Connect is about to poll: all records that it was given are sent or dropped. */
    public void polled() {
        polling = Thread.currentThread();
        if (dropped > 0) {
            count(dropped);
            dropped = 0;
        }
        if (committed) {
            exactlyOnce |= polledNothing;
            if (groups) {
                handled = given;
            }
            if (exactlyOnce && handled.count() > done.count()) {
                done = handled;
            }
        }
        committed = false;
        polledNothing = true;
        handled = given;
    }

    /** Connect has committed, on any thread. */
    public void committed() {
        if (Thread.currentThread().equals(polling)) {
            committed = true;
        }
    }

    /** Records leave in one poll. For one thread at a time. */
    void given(List<SourceRecord> records) {
        if (!records.isEmpty()) {
            polledNothing = false;
            wasComplete = isComplete();
            given = new Given(given.count() + records.size(), records.get(records.size() - 1));
        }
    }

    /**
     * Connect is done with a record; to be called once for each, by any thread.
     *
     * @param isSent whether it is known to be stored in a topic
     */
    public void confirmed(boolean isSent) {
        if (isSent && !exactlyOnce && Thread.currentThread().equals(polling)) {
            // Other workers confirm a stored record on their producer's thread.
            exactlyOnce = true;
        }
        if (!isSent && Thread.currentThread().equals(polling)) {
            dropped++;
        } else {
            count(1);
        }
    }

    private void count(long more) {
        long count = confirmed.addAndGet(more);
        Given latest = given;
        if (count == latest.count()) {
            done = latest;
        }
    }

    /** Whether Connect was done with every record before it was given the last ones. */
    public boolean wasComplete() {
        return wasComplete;
    }

    /** Whether Connect is done with every record. */
    public boolean isComplete() {
        return done.count() == given.count();
    }

    /** The offset of the last record up to which Connect is done with all of them; null if there is none. */
    @Nullable
    Map<String, ?> doneUpTo() {
        SourceRecord last = done.last();
        return last == null ? null : last.sourceOffset();
    }
}
