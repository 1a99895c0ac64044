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

    /** Blocks that were read under another identity mean nothing. */
    String identity() {
        return storage.identity() + "-" + query.fingerprint();
    }
}
