// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.field;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.stream.ConnectorTurn;
import dev.tributary.benchmarks.stream.StreamTurn;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.SpreadWorkload;
import dev.tributary.benchmarks.workload.TableWorkload;
import java.sql.SQLException;

/** The tables of a scenario, and how connectors read them. */
interface Course {

    /** Writes changes. */
    Backlog load(long rows) throws SQLException;

    /** Starts a connector, and returns when it streams. */
    StreamTurn start(Contestant contestant);

    /** The fewest changes of which each connector has something to read. */
    long fewest();

    /**
     * One table.
     *
     * @param recordsPerRow how many records a change becomes
     */
    static Course ofTable(Arena arena, TableWorkload table, int recordsPerRow) {
        return new Course() {
            @Override
            public Backlog load(long rows) throws SQLException {
                return table.load(rows);
            }

            @Override
            public StreamTurn start(Contestant contestant) {
                return ConnectorTurn.open(arena, contestant, table.table(), recordsPerRow);
            }

            @Override
            public long fewest() {
                return 1;
            }
        };
    }

    /** Many tables or databases. */
    static Course ofMany(Arena arena, SpreadWorkload workload) {
        return new Course() {
            @Override
            public Backlog load(long rows) throws SQLException {
                return workload.load(rows);
            }

            @Override
            public StreamTurn start(Contestant contestant) {
                return FleetTurn.open(arena, contestant, workload);
            }

            @Override
            public long fewest() {
                return (long) workload.databases().size() * workload.tables().size();
            }
        };
    }
}
