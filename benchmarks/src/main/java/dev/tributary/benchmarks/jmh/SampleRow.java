// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.jmh;

import dev.tributary.row.FastCodecs;
import dev.tributary.row.RowCodec;
import dev.tributary.row.RowImage;
import io.debezium.data.Uuid;
import io.debezium.time.MicroTimestamp;
import io.debezium.time.ZonedTimestamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** A row of the table that {@code bench stream} uses, as pgoutput sends it. */
final class SampleRow {

    private static final List<String> TYPES =
            List.of("int8", "int4", "numeric", "varchar", "text", "text", "uuid", "timestamptz", "timestamp", "bool");

    private static final List<String> TEXTS = List.of(
            "1234567",
            "234567",
            "1234.56",
            "delivered",
            "Item 1234567, fcea920f7412b5da7be0cf42b8c937",
            "e10adc3949ba59abbe56e057f20f883e 25d55ad283aa400af464c76d713c07ad d8578edf8458ce06fbc5bb76a58c5ca4",
            "827ccb0e-ea8a-706c-4c34-a16891f84e7b",
            "2026-01-15 06:56:07.123456+00",
            "2026-02-15 06:56:07.654321",
            "t");

    private static final Schema SCHEMA = SchemaBuilder.struct()
            .name("bench.public.item.Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("customer", Schema.INT32_SCHEMA)
            .field("price", Decimal.schema(2))
            .field("status", Schema.STRING_SCHEMA)
            .field("title", Schema.STRING_SCHEMA)
            .field("description", Schema.STRING_SCHEMA)
            .field("reference", Uuid.schema())
            .field("created_at", ZonedTimestamp.schema())
            .field("due_at", MicroTimestamp.schema())
            .field("active", Schema.BOOLEAN_SCHEMA)
            .build();

    private final RowCodec codec = FastCodecs.of(SCHEMA, TYPES);
    private final byte[] tuple = tuple();

    RowCodec codec() {
        return codec;
    }

    /** A new image of the row, as it comes from the network. */
    RowImage image() {
        return RowImage.ofTuple(ByteBuffer.wrap(tuple));
    }

    private static byte[] tuple() {
        ByteBuffer buffer = ByteBuffer.allocate(1_024);
        buffer.putShort((short) TEXTS.size());
        for (String text : TEXTS) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            buffer.put((byte) 't').putInt(bytes.length).put(bytes);
        }
        byte[] tuple = new byte[buffer.position()];
        buffer.flip().get(tuple);
        return tuple;
    }
}
