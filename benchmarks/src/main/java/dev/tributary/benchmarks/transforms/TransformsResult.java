// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.transforms;

import dev.tributary.benchmarks.meter.Machine;
import java.util.List;

/**
 * A run.
 *
 * @param date its day, in UTC, in ISO form
 * @param machine what it ran on
 * @param kafka the version of Connect's API
 * @param debezium the version of Debezium's transforms
 * @param rounds in how many JVMs each was measured
 * @param costs what was measured
 */
public record TransformsResult(
        String date, Machine machine, String kafka, String debezium, int rounds, List<Cost> costs) {

    public TransformsResult {
        costs = List.copyOf(costs);
    }

    /**
     * What one transform costs per record: the median of the JVMs.
     *
     * @param task the name of the task
     * @param result what comes out
     * @param doer whose transform it is
     * @param transform the simple name of its class
     * @param nanos per record
     * @param bytes allocated per record, with 80 to 100 for the record that comes in
     */
    public record Cost(String task, String result, String doer, String transform, double nanos, double bytes) {}
}
