// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.StaleRows;
import dev.tributary.row.RowImage;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rows of the current table that must be read again by their keys, because they may have moved to blocks that were
 * read already. Decides when they are read, and how many of them in one statement.
 */
final class Rereads {

    /** The SQLSTATE classes of a wrong statement and of a wrong value: a retry would fail again. */
    private static final List<String> WRONG = List.of("42", "22");

    private StaleRows stale = new StaleRows();
    private StaleRows.@Nullable Keys reading;
    private boolean wasLast;
    private int limit = StaleRows.PER_STATEMENT;

    /** @param described the table as the stream describes it */
    void add(TableId table, Table described, RowImage row) {
        stale.add(table, described, row);
    }

    /** Whether rows of a table wait to be read again, or are being read. */
    boolean isNeeded(TableId table) {
        return reading != null || stale.has(table) || stale.isOverfull();
    }

    /** Whether there are too many rows to read them one by one: the table must start over. */
    boolean areTooMany() {
        return stale.isOverfull();
    }

    /**
     * Returns the rows to read again now; empty if it is the turn of blocks. The two take turns, so that neither keeps
     * the other from coming to its end.
     *
     * @param allBlocks whether no block is left to read
     */
    Optional<StaleRows.Keys> next(TableId table, boolean allBlocks) {
        boolean turn = allBlocks || (stale.fillStatement() && !wasLast);
        if (reading == null && turn) {
            reading = stale.take(table, limit).orElse(null);
        }
        wasLast = reading != null;
        return Optional.ofNullable(reading);
    }

    /** The rows being read are sent; the next statement may ask for more. */
    void complete() {
        reading = null;
        limit = Math.min(StaleRows.PER_STATEMENT, limit * 2);
    }

    /** The rows being read are too large to be kept in memory together; the next statement asks for half of them. */
    void readFewer(TableId table) {
        StaleRows.Keys tooMany = reading;
        if (tooMany != null) {
            limit = Math.max(1, tooMany.values().size() / 2);
            stale.putBack(table, tooMany);
            reading = null;
        }
    }

    /**
     * Reading failed. If the statement for the rows is wrong, the key is not what it was: the table must start over.
     */
    void failed(String sqlState) {
        if (reading != null && WRONG.stream().anyMatch(sqlState::startsWith)) {
            stale.overfill();
        }
    }

    void clear() {
        stale = new StaleRows();
        reading = null;
    }
}
