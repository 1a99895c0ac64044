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

/** The cost of a row: of finding its columns, of a lazy struct, of reading one field or all fields. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowBenchmark {

    private final SampleRow row = new SampleRow();

    /** Finds the columns and reads none. */
    @Benchmark
    public RowImage image() {
        return row.image();
    }

    /** A struct that is not read. */
    @Benchmark
    public Struct lazy() {
        return row.codec().lazily(row.image());
    }

    /** A struct of which only the key is read, for example by a transform. */
    @Benchmark
    public Object lazyReadOne() {
        return row.codec().lazily(row.image()).getInt64("id");
    }

    /** A struct whose fields are all read, as a converter for another format does. */
    @Benchmark
    public void lazyReadAll(Blackhole hole) {
        Struct struct = row.codec().lazily(row.image());
        for (Field field : struct.schema().fields()) {
            hole.consume(struct.get(field));
        }
    }

    /** A plain struct that validates every value, as Debezium makes of each row. */
    @Benchmark
    public Struct eager() {
        return row.codec().eagerly(row.image());
    }
}
