// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.field;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Contestants;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.benchmarks.workload.SpreadWorkload;
import dev.tributary.benchmarks.workload.TableWorkload;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;

/** A part of the field: what is written to the database, and who reads it. */
enum Scenario {
    CONFIGURATIONS("Inserts in transactions of 1,000", true, 1) {
        @Override
        List<Contestant> contestants() {
            return Contestants.ofConfigurations();
        }
    },

    PRODUCER("The same, with other settings of the producer", false, 1) {
        @Override
        List<Contestant> contestants() {
            return Contestants.ofProducers();
        }
    },

    CONSOLE("The same, with the console shown and scraped", false, 1) {
        @Override
        List<Contestant> contestants() {
            return Contestants.ofConsole();
        }
    },

    EXACTLY_ONCE("The same, exactly once", false, 1) {
        @Override
        List<Contestant> contestants() {
            return Contestants.ofExactlyOnce();
        }
    },

    AVRO("The same, with a schema registry", false, 1) {
        @Override
        List<Contestant> contestants() {
            return Contestants.ofAvro();
        }

        @Override
        Arena arena(Arena arena) {
            return arena.withRegistry();
        }
    },

    ONE_ROW("Inserts in transactions of one row", true, 2) {
        @Override
        Course course(Arena arena, BenchTable bench, long rowsInAll) throws SQLException {
            return Course.ofTable(arena, TableWorkload.inserts(bench, 1), 1);
        }
    },

    UPDATES("Updates with REPLICA IDENTITY FULL", true, 2) {
        @Override
        Course course(Arena arena, BenchTable bench, long rowsInAll) throws SQLException {
            return Course.ofTable(arena, TableWorkload.updates(bench, rowsInAll), 1);
        }
    },

    DELETES("Deletes, each with a tombstone", true, 1) {
        @Override
        Course course(Arena arena, BenchTable bench, long rowsInAll) throws SQLException {
            return Course.ofTable(arena, TableWorkload.deletes(bench, rowsInAll), 2);
        }
    },

    WIDE("A table of 80 columns, 2 KB", true, 8) {
        @Override
        Course course(Arena arena, BenchTable bench, long rowsInAll) throws SQLException {
            return Course.ofTable(arena, TableWorkload.wide(bench), 1);
        }
    },

    DOCUMENTS("Rows with a text of 50 KB", true, 50) {
        @Override
        Course course(Arena arena, BenchTable bench, long rowsInAll) throws SQLException {
            return Course.ofTable(arena, TableWorkload.documents(bench), 1);
        }
    },

    TABLES("1,000 tables, interleaved", true, 1) {
        @Override
        Course course(Arena arena, BenchTable bench, long rowsInAll) throws SQLException {
            return Course.ofMany(arena, SpreadWorkload.tables(bench, arena.postgres(), 1_000));
        }
    },

    CONNECTORS("Ten connectors in a worker, each with a database", false, 1) {
        @Override
        Course course(Arena arena, BenchTable bench, long rowsInAll) throws SQLException {
            return Course.ofMany(arena, SpreadWorkload.databases(arena.postgres(), 10));
        }
    };

    private final String title;
    private final boolean withBare;
    private final int divisor;

    /**
     * @param title its title in the report
     * @param withBare whether the bare client takes part
     * @param divisor how many times fewer rows than the plan says
     */
    Scenario(String title, boolean withBare, int divisor) {
        this.title = title;
        this.withBare = withBare;
        this.divisor = divisor;
    }

    /** Its name on the command line and in results. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String title() {
        return title;
    }

    boolean withBare() {
        return withBare;
    }

    /** @param rows the rows of the plan */
    long rows(long rows) {
        return Math.max(1, rows / divisor);
    }

    /** The connectors that take part. */
    List<Contestant> contestants() {
        return Contestants.ofField();
    }

    /** The servers that it needs. */
    Arena arena(Arena arena) {
        return arena;
    }

    /**
     * Creates its tables.
     *
     * @param rowsInAll the rows of all rounds and the warm-up
     */
    Course course(Arena arena, BenchTable bench, long rowsInAll) throws SQLException {
        return Course.ofTable(arena, TableWorkload.inserts(bench, Backlog.ROWS_PER_TRANSACTION), 1);
    }
}
