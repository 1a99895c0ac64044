// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.meter.JvmUsage;

/**
 * One contestant's turn at one backlog, or one snapshot.
 *
 * @param contestant its id
 * @param round the round, from 1; 0 is the warm-up
 * @param rows the rows that there were
 * @param records the records that arrived; more than rows if some were sent twice
 * @param millis the time between the first record and the last, by the broker's append time; of the bare client, between
 *     the first row and the last received
 * @param valueBytes the size of the last record's value; 0 of the bare client
 * @param usage what its process used from the request to start until the last record was there
 */
public record Measurement(
        String contestant, int round, long rows, long records, double millis, int valueBytes, JvmUsage usage) {

    /** Rows per second. */
    public double rate() {
        return (records - 1) / (millis / 1_000);
    }

    public double cpuMicrosPerRow() {
        return usage.cpuNanos() / 1_000.0 / rows;
    }

    public double allocatedBytesPerRow() {
        return (double) usage.allocatedBytes() / rows;
    }

    public double gcMillisPerMillionRows() {
        return usage.gcMillis() * 1e6 / rows;
    }
}
