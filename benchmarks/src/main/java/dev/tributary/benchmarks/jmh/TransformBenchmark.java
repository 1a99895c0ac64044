// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.jmh;

import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** The cost of a transform per record. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 8, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(1)
public class TransformBenchmark {

    @Param
    public TransformTask task = TransformTask.FLATTEN;

    @Param
    public TransformTask.Doer doer = TransformTask.Doer.TRIBUTARY;

    private Transformation<SourceRecord> transform = task.transform(doer);
    private SourceRecord record = task.record();

    @Setup
    public void configure() {
        transform = task.transform(doer);
        record = task.record();
    }

    /** Transforms a new record each time, since Debezium's transforms add headers to the incoming record. */
    @Benchmark
    public @Nullable SourceRecord apply() {
        return transform.apply(fresh());
    }

    private SourceRecord fresh() {
        return new SourceRecord(
                record.sourcePartition(),
                record.sourceOffset(),
                record.topic(),
                null,
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp());
    }
}
