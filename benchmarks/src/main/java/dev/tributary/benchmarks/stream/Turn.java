// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.workload.Backlog;
import java.io.IOException;
import java.sql.SQLException;

/** Someone who drains a backlog when it is their turn. */
interface Turn extends AutoCloseable {

    /** Their id. */
    String id();

    /** Gets ready: reads the one row that there is, and then stands still. */
    void settle(Backlog first) throws IOException, SQLException;

    /** Drains a backlog and tells how that went. */
    Measurement drain(Backlog backlog, int round) throws IOException, SQLException;

    @Override
    void close() throws IOException;
}
