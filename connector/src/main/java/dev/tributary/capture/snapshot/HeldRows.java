// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import java.util.List;

/**
 * The last rows of a chunk, at least one. They wait until it is known whether they are the last ones of their table.
 *
 * @param chunk the chunk that is complete with them
 */
record HeldRows(Chunk chunk, List<RowRecord> rows) {

    List<RowRecord> butLast() {
        return rows.subList(0, rows.size() - 1);
    }

    RowRecord last() {
        return rows.get(rows.size() - 1);
    }
}
