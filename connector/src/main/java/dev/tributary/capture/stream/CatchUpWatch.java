// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.relational.TableId;
import org.jspecify.annotations.Nullable;

/** Is notified of what a {@link CatchUpStream} reads that concerns rows that were sent before. */
public interface CatchUpWatch extends IncompleteUpdates {

    /**
     * The stream has described a table, in a transaction that was not sent in whole before the restart.
     *
     * @param table the table; null if it is not captured, at least not under the name that it has there
     */
    void described(@Nullable TableId table, long oid);
}
