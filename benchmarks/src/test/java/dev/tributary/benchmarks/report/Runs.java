// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.meter.JvmUsage;
import dev.tributary.benchmarks.meter.Machine;
import dev.tributary.benchmarks.snapshot.SnapshotMeasurement;
import dev.tributary.benchmarks.snapshot.SnapshotResult;
import dev.tributary.benchmarks.stream.StreamResult;
import java.util.List;
import java.util.Map;

/** Made-up runs. */
final class Runs {

    private static final int ROWS = 1_001;

    private static final Circumstances CIRCUMSTANCES =
            new Circumstances("2026-11-21", new Machine("CPU", 2, 1L << 34, "OS", "JVM"), "18", "fsync=on", "4", "3");

    private Runs() {}

    /** Two rounds each. The arguments are ratios of Tributary's median rate to the others. */
    static StreamResult stream(double ofBare, double timesTuned, double timesStock) {
        double ours = 90_000;
        return new StreamResult(
                CIRCUMSTANCES,
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

    /** Two rounds each. COPY is twice as fast as Tributary's median. Debezium with its defaults does not take part. */
    static SnapshotResult snapshot(double ours, double tuned1, double tuned4) {
        return new SnapshotResult(
                CIRCUMSTANCES,
                2,
                ROWS,
                10,
                250,
                List.of(
                        new Entrant("copy", "COPY", Map.of()),
                        new Entrant("stock-tuned-1", "Debezium, 1", Map.of()),
                        new Entrant("stock-tuned-4", "Debezium, 4", Map.of()),
                        new Entrant("ours", "Tributary", Map.of())),
                List.of(
                        taken("copy", 1, 2 * ours),
                        taken("copy", 2, 2 * ours),
                        taken("stock-tuned-1", 1, tuned1),
                        taken("stock-tuned-1", 2, tuned1),
                        taken("stock-tuned-4", 1, tuned4),
                        taken("stock-tuned-4", 2, tuned4),
                        taken("ours", 1, ours * 0.9),
                        taken("ours", 2, ours * 1.1)));
    }

    /** The first record arrives after as many seconds as the number of the round. */
    private static SnapshotMeasurement taken(String id, int round, double rate) {
        return new SnapshotMeasurement(1_000 * round, measured(id, round, rate));
    }

    private static Measurement measured(String id, int round, double rate) {
        double millis = 1_000 * (ROWS - 1) / rate;
        return new Measurement(id, round, ROWS, ROWS, millis, 800, new JvmUsage(ROWS * 12_000L, ROWS * 1_500L, 1, 1));
    }
}
