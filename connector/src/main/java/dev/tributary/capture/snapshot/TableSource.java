// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TableStorage;
import io.debezium.relational.TableId;

/**
 * A table to read.
 *
 * @param id Debezium's name of it
 * @param name its name
 * @param query the query for its rows
 * @param storage its files
 * @param records makes its records
 * @param columns how many columns a row has
 */
public record TableSource(
        TableId id, TableName name, SnapshotQuery query, TableStorage storage, RowRecords records, int columns) {

    /**
     * Returns how many blocks make up a size. A table and the tables that inherit from it are cut together: a range of
     * blocks is read of each of them at once, so the more tables there are, the narrower it is.
     */
    public long blocksOf(long bytes) {
        return Math.max(1, (long) ((double) bytes * storage.largestBlocks() / Math.max(1, storage.bytes())));
    }

    /** Identifies files and query: progress made under another identity means nothing. */
    public String identity() {
        return storage.identity() + "-" + query.fingerprint();
    }
}
