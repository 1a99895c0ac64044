// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.snapshot;

import java.io.IOException;
import java.sql.SQLException;

/** Someone who reads the table when it is their turn. */
interface Turn extends AutoCloseable {

    /** Their id. */
    String id();

    /** Reads the whole table and tells how that went. */
    SnapshotMeasurement take(long rows, int round) throws IOException, SQLException;

    @Override
    void close() throws IOException;
}
