// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.connection.Lsn;

/**
 * Counts the changes that share the LSN of the last one: the rows of one COPY or multi-row INSERT, the tables of one
 * TRUNCATE. Debezium's offsets contain this number, so that Debezium can resume between such changes.
 *
 * <p>After a restart, the changes that were sent before arrive again. They count, but the offset keeps its number until
 * the first change is sent.
 */
final class LsnEvents {

    private final PostgresOffsetContext offset;
    private long lsn;
    private long count;
    private boolean isInStep;

    /** @param offset keeps the number */
    LsnEvents(PostgresOffsetContext offset) {
        this.offset = offset;
    }

    /** A change arrives that was sent before the restart. */
    void skipped(long changeLsn) {
        count = changeLsn == lsn ? count + 1 : 1;
        lsn = changeLsn;
    }

    /** A change is about to be sent. */
    void sent(Lsn changeLsn) {
        if (!isInStep) {
            offset.resetLsnEventsProcessed();
            for (long before = changeLsn.asLong() == lsn ? count : 0; before > 0; before--) {
                offset.incrementLsnEventsProcessed(changeLsn);
            }
            isInStep = true;
        }
        offset.incrementLsnEventsProcessed(changeLsn);
    }

    /** A transaction begins or ends, or a message arrives outside of one. */
    void reset() {
        offset.resetLsnEventsProcessed();
    }
}
