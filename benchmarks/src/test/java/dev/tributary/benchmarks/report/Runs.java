// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.meter.JvmUsage;
import dev.tributary.benchmarks.meter.Machine;
import dev.tributary.benchmarks.stream.StreamResult;
import java.util.List;
import java.util.Map;

/** Made-up runs. */
final class Runs {

    private static final int ROWS = 1_001;

    private Runs() {}

    /** Two rounds each; the median rates of ours are in proportion to the others as given. */
    static StreamResult stream(double ofBare, double timesTuned, double timesStock) {
        double ours = 90_000;
        return new StreamResult(
                new Circumstances(
                        "2026-11-21", new Machine("CPU", 2, 1L << 34, "OS", "JVM"), "18", "fsync=on", "4", "3"),
                "CREATE TABLE made_up (id int)",
                2,
                ROWS,
                1_000,
                10,
                250,
                List.of(
                        new Entrant("bare", "Bare client", Map.of()),
                        new Entrant("stock-default", "Debezium, default", Map.of("plugin.name", "pgoutput")),
                        new Entrant("stock-tuned", "Debezium, tuned", Map.of()),
                        new Entrant("ours", "Tributary <us>", Map.of())),
                List.of(
                        measured("bare", 1, ours / ofBare),
                        measured("bare", 2, ours / ofBare),
                        measured("stock-default", 1, ours / timesStock),
                        measured("stock-default", 2, ours / timesStock),
                        measured("stock-tuned", 1, ours / timesTuned),
                        measured("stock-tuned", 2, ours / timesTuned),
                        measured("ours", 1, ours * 0.9),
                        measured("ours", 2, ours * 1.1)));
    }

    private static Measurement measured(String id, int round, double rate) {
        double millis = 1_000 * (ROWS - 1) / rate;
        return new Measurement(id, round, ROWS, ROWS, millis, 800, new JvmUsage(ROWS * 12_000L, ROWS * 1_500L, 1, 1));
    }
}
