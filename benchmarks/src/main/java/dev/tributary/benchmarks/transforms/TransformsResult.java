// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.transforms;

import dev.tributary.benchmarks.meter.Machine;
import java.util.List;

/**
 * The result of the transforms benchmark.
 *
 * @param date the day of the run, in UTC, in ISO format
 * @param machine the machine
 * @param kafka the version of Connect's API
 * @param debezium the version of Debezium's transforms
 * @param rounds the number of JVMs in which each transform was measured
 * @param costs the measurements
 */
public record TransformsResult(
        String date, Machine machine, String kafka, String debezium, int rounds, List<Cost> costs) {

    public TransformsResult {
        costs = List.copyOf(costs);
    }

    /**
     * The cost of one transform per record: the median of the JVMs.
     *
     * @param task the name of the task
     * @param result the result of the task
     * @param doer the owner of the transform
     * @param transform the simple name of its class
     * @param nanos nanoseconds per record
     * @param bytes bytes allocated per record, including 80 to 100 for the incoming record
     */
    public record Cost(String task, String result, String doer, String transform, double nanos, double bytes) {}
}
