// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.field.FieldResult;
import dev.tributary.benchmarks.meter.JvmUsage;
import dev.tributary.benchmarks.meter.Machine;
import dev.tributary.benchmarks.snapshot.SnapshotMeasurement;
import dev.tributary.benchmarks.snapshot.SnapshotResult;
import dev.tributary.benchmarks.stream.StreamResult;
import dev.tributary.benchmarks.stream.TransactionsResult;
import dev.tributary.benchmarks.stream.TransactionsResult.Series;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /**
     * Two rounds each, with transactions of 1 and of 1000 rows.
     *
     * @param small the rate of whole transactions, as a part of at-least-once, with transactions of 1 row
     * @param large the same with those of 1000 rows
     */
    static TransactionsResult transactions(double small, double large) {
        return new TransactionsResult(
                CIRCUMSTANCES,
                2,
                ROWS,
                10,
                List.of(
                        new Entrant("ours", "Tributary", Map.of()),
                        new Entrant("ours-connector", "Tributary, exactly once", Map.of()),
                        new Entrant("stock-poll", "Debezium, exactly once", Map.of()),
                        new Entrant("stock-tuned-poll", "Debezium, tuned, exactly once", Map.of())),
                List.of(series(1, small), series(1_000, large)));
    }

    /**
     * Two rounds of the scenarios of Avro and of a thousand tables, and of README's configuration, at 100,000 rows per
     * second.
     *
     * @param ofJson the rate of Avro, as a part of that of JSON
     * @param timesStock the rate of Avro, relative to Debezium's
     */
    static FieldResult field(double ofJson, double timesStock) {
        double json = 100_000;
        return new FieldResult(
                CIRCUMSTANCES,
                2,
                List.of(
                        scenario("configurations", rates("ours", json, "stock", json / 3)),
                        scenario(
                                "avro",
                                rates(
                                        "ours-json",
                                        json,
                                        "ours-avro",
                                        json * ofJson,
                                        "stock-avro",
                                        json * ofJson / timesStock)),
                        scenario("tables", rates("ours", json * 0.7, "stock", json / 4))),
                List.of(),
                null);
    }

    private static Map<String, Double> rates(Object... idsAndRates) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (int i = 0; i < idsAndRates.length; i += 2) {
            rates.put((String) idsAndRates[i], (Double) idsAndRates[i + 1]);
        }
        return rates;
    }

    private static FieldResult.Series scenario(String id, Map<String, Double> rates) {
        List<Entrant> entrants = new ArrayList<>();
        List<Measurement> measurements = new ArrayList<>();
        rates.forEach((contestant, rate) -> {
            String own = id + "-" + contestant;
            entrants.add(new Entrant(own, "Title of " + own, Map.of()));
            measurements.add(measured(own, 1, rate * 0.9));
            measurements.add(measured(own, 2, rate * 1.1));
        });
        return new FieldResult.Series(id, "Scenario " + id, ROWS, 10, entrants, measurements);
    }

    private static Series series(int size, double part) {
        double ours = 100_000;
        return new Series(
                size,
                List.of(
                        measured("ours", 1, ours * 0.8),
                        measured("ours", 2, ours * 1.2),
                        measured("ours-connector", 1, ours * part),
                        measured("ours-connector", 2, ours * part),
                        measured("stock-poll", 1, ours / 8),
                        measured("stock-poll", 2, ours / 8),
                        measured("stock-tuned-poll", 1, ours / 4),
                        measured("stock-tuned-poll", 2, ours / 4)));
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
