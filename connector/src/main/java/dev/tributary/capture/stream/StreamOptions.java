// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Options that change what the stream sends.
 *
 * @param transactionMetadata whether transactions are published, too: {@code provide.transaction.metadata}
 * @param truncates whether truncates are sent: {@code skipped.operations} without {@code t}
 * @param xmin the slot's xmin, as fresh as {@code xmin.fetch.interval.ms} asks; returns null if it is not requested
 */
record StreamOptions(boolean transactionMetadata, boolean truncates, Xmin xmin) {

    /** Reads the slot's xmin. */
    @FunctionalInterface
    interface Xmin {
        @Nullable
        Long get() throws SQLException;
    }
}
