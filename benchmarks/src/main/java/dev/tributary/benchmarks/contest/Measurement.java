// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.meter.JvmUsage;
import java.util.Locale;

/**
 * One contestant's turn at one backlog, or one snapshot.
 *
 * @param contestant the id of the contestant
 * @param round the round, from 1; 0 is the warm-up
 * @param rows the number of rows
 * @param records the number of records that arrived; more than rows if some were sent twice
 * @param millis the time between the first record and the last, by the broker's append time; of the bare client,
 *     between the first row and the last received
 * @param valueBytes the size of the last record's value; 0 for the bare client
 * @param usage the usage of its process, from the request to start until the last record
 */
public record Measurement(
        String contestant, int round, long rows, long records, double millis, int valueBytes, JvmUsage usage) {

    /** The measurement of a connector's turn, from its number of records, and the first and last of them. */
    public static Measurement of(
            Contestant contestant, int round, long rows, long records, Arrival first, Arrival last, JvmUsage usage) {
        return new Measurement(
                contestant.id(),
                round,
                rows,
                records,
                Math.max(1, last.appendMillis() - first.appendMillis()),
                last.valueBytes(),
                usage);
    }

    /**
     * A line for the terminal.
     *
     * @param detail the text after the rate
     */
    public String line(String detail) {
        return String.format(
                Locale.ROOT,
                "  %-14s %,9.0f rows/s%s  %6.1f µs CPU/row  %,8.0f B/row  GC %d ms%s",
                contestant,
                rate(),
                detail,
                cpuMicrosPerRow(),
                allocatedBytesPerRow(),
                usage.gcMillis(),
                records == rows ? "" : "  " + records + " records");
    }

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
