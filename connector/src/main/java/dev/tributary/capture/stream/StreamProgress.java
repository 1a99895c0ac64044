// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The position of the stream: counts the changes of each transaction, and decides which of them were sent before the
 * restart.
 *
 * <p>For the thread that streams; other threads may ask {@link #isInTransaction}.
 */
final class StreamProgress {

    private final Optional<Position> resumed;
    private Lsn open;
    private volatile boolean inTransaction;
    private boolean skipsTransaction;

    /** Whether every transaction so far, if any, was sent in whole before the restart. */
    private boolean resuming = true;

    /** How many of the open transaction's changes were sent before the restart. */
    private long sentBefore;

    /** How many changes of the open transaction have been received. */
    private long received;

    /**
     * How many of its changes are complete: sent with all of their records, before the restart or since, or filtered
     * out.
     */
    private long complete;

    /** The LSN of the change that was received last, and of the last complete one; 0 if there is none. */
    private long receivedLsn;

    private long completeLsn;

    private Step.@Nullable Send current;

    /** @param resumed the position of the stored offset; empty if there is none */
    StreamProgress(Optional<Position> resumed) {
        this.resumed = resumed;
        this.open = resumed.map(Position::completed).orElse(new Lsn(0));
    }

    /** A transaction begins. Returns true if it was sent in whole before the restart; its changes will be skipped. */
    boolean begin(long commitLsn) {
        open = new Lsn(commitLsn);
        received = 0;
        receivedLsn = 0;
        current = null;
        inTransaction = true;
        skipsTransaction = resumed.map(position -> position.covers(open)).orElse(false);
        sentBefore = resumed.map(position -> position.sentOf(open)).orElse(0L);
        complete = sentBefore;
        completeLsn = sentBefore == 0 ? 0 : resumed.orElseThrow().change().value();
        resuming &= skipsTransaction;
        return skipsTransaction;
    }

    /**
     * A change of the open transaction arrives.
     *
     * @throws OtherTransactionException if it is not the one that was sent before the restart
     */
    Step change(long lsn) {
        if (received > complete) {
            complete = received;
            completeLsn = receivedLsn;
        }
        long previousLsn = receivedLsn;
        received++;
        receivedLsn = lsn;
        if (skipsTransaction || received <= sentBefore) {
            if (received == sentBefore
                    && !skipsTransaction
                    && !resumed.orElseThrow().endsWith(new Lsn(lsn))) {
                throw new OtherTransactionException(resumed.orElseThrow());
            }
            current = null;
            return Step.Skip.SENT_BEFORE;
        }
        current = new Step.Send(open.value(), received, lsn, previousLsn);
        return current;
    }

    /** The last record of a change is on its way. */
    void complete(Step.Send change) {
        complete = change.ordinal();
        completeLsn = change.lsn();
    }

    /**
     * The open transaction is complete. Returns true if it was sent in whole before the restart.
     *
     * @throws OtherTransactionException if it has fewer changes than were sent of it before the restart
     */
    boolean commit() {
        boolean skipped = skipsTransaction;
        if (!skipped && received < sentBefore) {
            throw new OtherTransactionException(resumed.orElseThrow());
        }
        inTransaction = false;
        skipsTransaction = false;
        current = null;
        received = 0;
        complete = 0;
        return skipped;
    }

    /** Whether the open transaction was sent in whole before the restart. */
    boolean isSkipping() {
        return skipsTransaction;
    }

    /** Whether changes of the open transaction were sent before the restart, but not all. */
    boolean isResumed() {
        return sentBefore > 0 && !skipsTransaction;
    }

    boolean isInTransaction() {
        return inTransaction;
    }

    /** Whether a change is the one that arrived last, and its transaction is still open. */
    boolean isCurrent(Step.@Nullable Send change) {
        return change != null && change.equals(current);
    }

    /** Writes to an offset how much of the open transaction is complete. */
    void writeOpenTo(Map<String, Object> offset) {
        openPosition().writeOpenTo(offset);
    }

    /** How much of the open transaction is complete. */
    Position openPosition() {
        return new Position(open, open, complete, new Lsn(completeLsn));
    }

    /** Whether all changes received so far are complete. */
    boolean isComplete() {
        return complete >= received;
    }

    /** The position of the stored offset; empty if there is none. */
    Optional<Position> resumed() {
        return resumed;
    }

    /** The position of the stored offset, until the first transaction begins that was not sent in whole before. */
    Optional<Position> resuming() {
        return resuming ? resumed : Optional.empty();
    }
}
