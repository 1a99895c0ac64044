// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.workload.BenchTable;
import java.util.List;

/**
 * What a connector captures.
 *
 * @param database the database
 * @param tables the tables, each with its schema
 */
public record Capture(String database, List<String> tables) {

    public Capture {
        tables = List.copyOf(tables);
    }

    /** One table of the database that most benchmarks use. */
    public static Capture of(String table) {
        return new Capture(BenchTable.DATABASE, List.of(table));
    }
}
