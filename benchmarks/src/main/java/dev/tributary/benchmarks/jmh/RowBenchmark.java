// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.jmh;

import dev.tributary.row.RowImage;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** What a row costs: to find its columns, to wait with the rest, to read one field or all of them. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowBenchmark {

    private final SampleRow row = new SampleRow();

    /** The columns are found, nothing is read. */
    @Benchmark
    public RowImage image() {
        return row.image();
    }

    /** A struct that nobody reads. */
    @Benchmark
    public Struct lazy() {
        return row.codec().lazily(row.image());
    }

    /** A struct of which someone, a transform for example, reads the key. */
    @Benchmark
    public Object lazyReadOne() {
        return row.codec().lazily(row.image()).getInt64("id");
    }

    /** A struct that is read wholly: what a converter of another format does. */
    @Benchmark
    public void lazyReadAll(Blackhole hole) {
        Struct struct = row.codec().lazily(row.image());
        for (Field field : struct.schema().fields()) {
            hole.consume(struct.get(field));
        }
    }

    /** A plain struct, with its validation of every value: what Debezium makes of each row. */
    @Benchmark
    public Struct eager() {
        return row.codec().eagerly(row.image());
    }
}
