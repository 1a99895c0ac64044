// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks;

import dev.tributary.benchmarks.contest.RoundsPlan;
import dev.tributary.benchmarks.contest.Selection;
import dev.tributary.benchmarks.field.FieldBench;
import dev.tributary.benchmarks.field.FieldPlan;
import dev.tributary.benchmarks.field.FieldResult;
import dev.tributary.benchmarks.latency.LatencyBench;
import dev.tributary.benchmarks.latency.LatencyPlan;
import dev.tributary.benchmarks.latency.LatencyResult;
import dev.tributary.benchmarks.limits.LimitsBench;
import dev.tributary.benchmarks.limits.LimitsPlan;
import dev.tributary.benchmarks.limits.LimitsResult;
import dev.tributary.benchmarks.report.Results;
import dev.tributary.benchmarks.report.Screen;
import dev.tributary.benchmarks.snapshot.SnapshotBench;
import dev.tributary.benchmarks.snapshot.SnapshotResult;
import dev.tributary.benchmarks.stream.StreamBench;
import dev.tributary.benchmarks.stream.StreamResult;
import dev.tributary.benchmarks.stream.TransactionsBench;
import dev.tributary.benchmarks.stream.TransactionsResult;
import dev.tributary.benchmarks.transforms.TransformsBench;
import dev.tributary.benchmarks.transforms.TransformsPlan;
import dev.tributary.benchmarks.transforms.TransformsResult;
import dev.tributary.sandbox.Sandbox;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The benchmarks whose results are stored. Each is planned from the options, runs, and shows its result. */
enum Benchmark {
    STREAM {
        @Override
        Object run(BenchOptions options, Sandbox sandbox, PrintStream out) throws Exception {
            RoundsPlan plan = rounds(options, 500_000, StreamBench.contestants());
            StreamResult result = new StreamBench(plan, out).run(sandbox);
            new Screen(out).show(result);
            Optional<Path> plot = options.file("--svg");
            if (plot.isPresent()) {
                Results.draw(result, plot.get());
            }
            return result;
        }
    },

    FIELD {
        @Override
        Object run(BenchOptions options, Sandbox sandbox, PrintStream out) throws Exception {
            FieldPlan plan = new FieldPlan(
                    new Selection(options.someOf("--scenarios", FieldBench.scenarios())),
                    new RoundsPlan(
                            options.number("--rounds", 3),
                            options.number("--rows", 200_000),
                            options.number("--warm-up", 300_000),
                            Selection.ALL),
                    options.number("--seconds", 20));
            FieldResult result = new FieldBench(plan, out).run(sandbox);
            new Screen(out).show(result);
            return result;
        }
    },

    TRANSACTIONS {
        @Override
        Object run(BenchOptions options, Sandbox sandbox, PrintStream out) throws Exception {
            RoundsPlan plan = new RoundsPlan(
                    options.number("--rounds", 3),
                    options.number("--rows", 200_000),
                    options.number("--warm-up", 200_000),
                    selection(options, TransactionsBench.contestants()));
            TransactionsResult result = new TransactionsBench(plan, out).run(sandbox);
            new Screen(out).show(result);
            return result;
        }
    },

    SNAPSHOT {
        @Override
        Object run(BenchOptions options, Sandbox sandbox, PrintStream out) throws Exception {
            RoundsPlan plan = rounds(options, 1_000_000, SnapshotBench.contestants());
            SnapshotResult result = new SnapshotBench(plan, out).run(sandbox);
            new Screen(out).show(result);
            return result;
        }
    },

    LATENCY {
        @Override
        Object run(BenchOptions options, Sandbox sandbox, PrintStream out) throws Exception {
            LatencyPlan plan = new LatencyPlan(
                    options.number("--rounds", 1),
                    options.number("--rate", 1_000),
                    options.number("--seconds", 30),
                    options.number("--warm-up", 200_000),
                    selection(options, LatencyBench.contestants()));
            LatencyResult result = new LatencyBench(plan, out).run(sandbox);
            new Screen(out).show(result);
            return result;
        }
    },

    LIMITS {
        @Override
        Object run(BenchOptions options, Sandbox sandbox, PrintStream out) throws Exception {
            LimitsPlan plan = new LimitsPlan(
                    options.text("--heap", "256m"),
                    options.number("--snapshot-rows", 5_000_000),
                    options.number("--rows", 2_000_000),
                    options.number("--megabytes", 20),
                    options.number("--huge-rows", 10));
            LimitsResult result = new LimitsBench(plan, out).run(sandbox);
            new Screen(out).show(result);
            return result;
        }
    },

    TRANSFORMS {
        @Override
        Object run(BenchOptions options, Sandbox sandbox, PrintStream out) throws Exception {
            TransformsResult result = new TransformsBench(new TransformsPlan(options.number("--rounds", 3))).run();
            new Screen(out).show(result);
            return result;
        }
    };

    /** Its name on the command line. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Runs the benchmark in a sandbox and returns the result. */
    abstract Object run(BenchOptions options, Sandbox sandbox, PrintStream out) throws Exception;

    private static RoundsPlan rounds(BenchOptions options, int rows, List<String> contestants) {
        return new RoundsPlan(
                options.number("--rounds", 5),
                options.number("--rows", rows),
                options.number("--warm-up", 1_000_000),
                selection(options, contestants));
    }

    private static Selection selection(BenchOptions options, List<String> contestants) {
        return new Selection(options.someOf("--contestants", contestants));
    }
}
