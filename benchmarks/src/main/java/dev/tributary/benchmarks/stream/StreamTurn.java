// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.stream;

import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.contest.Turn;
import dev.tributary.benchmarks.workload.Backlog;
import java.io.IOException;
import java.sql.SQLException;

/** A contestant that drains a backlog when it is its turn. */
public interface StreamTurn extends Turn<Backlog, Measurement> {

    /** Reads the only row of the table, and stops until the first turn. */
    void settle(Backlog first) throws IOException, SQLException;
}
