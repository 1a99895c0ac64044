// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.transforms;

import dev.tributary.benchmarks.jmh.TransformBenchmark;
import dev.tributary.benchmarks.jmh.TransformTask;
import dev.tributary.benchmarks.meter.Machine;
import dev.tributary.benchmarks.meter.Median;
import io.debezium.transforms.ExtractNewRecordState;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.AppInfoParser;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Measures the cost of a transform per record, compared with Debezium's, with JMH in one JVM per transform and round.
 */
public final class TransformsBench {

    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private final TransformsPlan plan;

    public TransformsBench(TransformsPlan plan) {
        this.plan = plan;
    }

    /** Measures. This takes minutes. */
    public TransformsResult run() throws RunnerException {
        List<TransformsResult.Cost> costs = new ArrayList<>();
        for (RunResult result : new Runner(new OptionsBuilder()
                        .include(TransformBenchmark.class.getName() + "\\.apply")
                        .forks(plan.rounds())
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .build())
                .run()) {
            costs.add(cost(result));
        }
        return new TransformsResult(
                LocalDate.now(ZoneOffset.UTC).toString(),
                Machine.here(),
                AppInfoParser.getVersion(),
                debeziumVersion(),
                plan.rounds(),
                costs);
    }

    private static TransformsResult.Cost cost(RunResult result) {
        TransformTask task = TransformTask.valueOf(result.getParams().getParam("task"));
        TransformTask.Doer doer = TransformTask.Doer.valueOf(result.getParams().getParam("doer"));
        List<Result<?>> times = new ArrayList<>();
        List<Result<?>> bytes = new ArrayList<>();
        for (BenchmarkResult fork : result.getBenchmarkResults()) {
            times.add(fork.getPrimaryResult());
            bytes.add(fork.getSecondaryResults().get(ALLOCATED));
        }
        return new TransformsResult.Cost(
                task.name(),
                task.result(),
                doer.name(),
                task.transform(doer).getClass().getSimpleName(),
                median(times),
                median(bytes));
    }

    private static double median(List<Result<?>> forks) {
        return Median.of(forks.stream().mapToDouble(Result::getScore).toArray());
    }

    private static String debeziumVersion() {
        try (ExtractNewRecordState<?> any = new ExtractNewRecordState<>()) {
            return any.version();
        }
    }
}
