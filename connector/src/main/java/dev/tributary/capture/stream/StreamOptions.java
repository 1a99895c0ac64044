// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Options that change what the stream sends.
 *
 * @param transactions counts their events; null without {@code provide.transaction.metadata}
 * @param commitTimestamps whether the record timestamp is the time of the commit: {@code record.timestamp}
 * @param truncates whether truncates are sent: {@code skipped.operations} without {@code t}
 * @param failures what happens when an event cannot be made: {@code event.processing.failure.handling.mode}
 * @param xmin the slot's xmin, as fresh as {@code xmin.fetch.interval.ms} asks; answers null when it is not asked for
 */
record StreamOptions(
        @Nullable TransactionCounts transactions,
        boolean commitTimestamps,
        boolean truncates,
        EventFailures failures,
        Xmin xmin) {

    /** Reads the slot's xmin. */
    @FunctionalInterface
    interface Xmin {
        @Nullable
        Long get() throws SQLException;
    }
}
