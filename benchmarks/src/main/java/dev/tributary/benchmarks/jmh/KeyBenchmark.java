// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.jmh;

import dev.tributary.json.TributaryJsonConverter;
import dev.tributary.row.FastCodecs;
import dev.tributary.row.RowCodec;
import dev.tributary.row.RowImage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
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

/** The cost of a key from the bytes of Postgres to JSON: as the plain struct that it is, and as a lazy one. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KeyBenchmark {

    private static final String TOPIC = "bench.public.item";

    private final Converter converter = new TributaryJsonConverter();

    /** The type of the key's only column. */
    @Param({"int8", "uuid"})
    public String type = "";

    private RowCodec codec = FastCodecs.of(SchemaBuilder.struct().build(), List.of());
    private byte[] tuple = new byte[0];

    @Setup
    public void prepare() {
        converter.configure(Map.of("schemas.enable", false), true);
        boolean number = type.equals("int8");
        codec = FastCodecs.of(
                SchemaBuilder.struct()
                        .field("id", number ? Schema.INT64_SCHEMA : Schema.STRING_SCHEMA)
                        .build(),
                List.of(type));
        byte[] text = (number ? "1234567" : "827ccb0e-ea8a-706c-4c34-a16891f84e7b").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer buffer = ByteBuffer.allocate(2 + 1 + 4 + text.length);
        buffer.putShort((short) 1).put((byte) 't').putInt(text.length).put(text);
        tuple = buffer.array();
    }

    @Benchmark
    public byte[] plain() {
        return converter.fromConnectData(
                TOPIC, codec.schema(), codec.eagerly(RowImage.ofTuple(ByteBuffer.wrap(tuple))));
    }

    @Benchmark
    public byte[] lazy() {
        return converter.fromConnectData(TOPIC, codec.schema(), codec.lazily(RowImage.ofTuple(ByteBuffer.wrap(tuple))));
    }
}
