// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TableStorage;
import io.debezium.relational.TableId;

/**
 * A table that is to be read.
 *
 * @param id Debezium's name of it
 * @param name its name
 * @param query what is asked for
 * @param storage where its rows are
 * @param records makes its records
 * @param columns how many columns a row has
 */
record TableSource(
        TableId id, TableName name, SnapshotQuery query, TableStorage storage, SnapshotRecords records, int columns) {

    /**
     * How many blocks a range must have for a size. The tables below a table are cut together: a range of blocks is asked for
     * of each of them at once, and as many more tables there are, as much narrower it is.
     */
    long blocksOf(long bytes) {
        return Math.max(1, (long) ((double) bytes * storage.largestBlocks() / Math.max(1, storage.bytes())));
    }

    /** Blocks that were read under another identity mean nothing. */
    String identity() {
        return storage.identity() + "-" + query.fingerprint();
    }
}
