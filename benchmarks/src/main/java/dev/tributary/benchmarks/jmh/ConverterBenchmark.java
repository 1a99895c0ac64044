// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.jmh;

import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;
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

/** The cost of an event from the bytes of Postgres to the bytes of Kafka, for each converter. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ConverterBenchmark {

    private static final String TOPIC = "bench.public.item";

    private final SampleRow row = new SampleRow();
    private final SampleEvent event = new SampleEvent(row.codec().schema());

    /** The class of the converter. */
    @Param({"org.apache.kafka.connect.json.JsonConverter", "dev.tributary.json.TributaryJsonConverter"})
    public String converter = "";

    /** {@code schemas.enable}. */
    @Param({"false", "true"})
    public boolean schemas;

    private Converter configured = new JsonConverter();

    @Setup
    public void configure() throws ReflectiveOperationException {
        configured = Class.forName(converter)
                .asSubclass(Converter.class)
                .getDeclaredConstructor()
                .newInstance();
        configured.configure(Map.of("schemas.enable", schemas), false);
    }

    /** The row as Tributary's stream hands it over: unread. */
    @Benchmark
    public byte[] untouched() {
        return configured.fromConnectData(
                TOPIC, event.schema(), event.create(row.codec().lazily(row.image())));
    }

    /** A row of plain values, as Debezium's snapshot or a transform hands it over. */
    @Benchmark
    public byte[] plain() {
        return configured.fromConnectData(
                TOPIC, event.schema(), event.create(row.codec().eagerly(row.image())));
    }
}
