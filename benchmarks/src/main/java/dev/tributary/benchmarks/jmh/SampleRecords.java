// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.jmh;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Records as Debezium's connector sends them, for the transforms. */
final class SampleRecords {

    private static final Schema KEY = SchemaBuilder.struct()
            .name("bench.public.item.Key")
            .field("id", Schema.INT64_SCHEMA)
            .build();

    private static final Schema OUTBOX = SchemaBuilder.struct()
            .name("bench.public.outbox.Value")
            .optional()
            .field("id", Schema.STRING_SCHEMA)
            .field("aggregatetype", Schema.STRING_SCHEMA)
            .field("aggregateid", Schema.STRING_SCHEMA)
            .field("type", Schema.STRING_SCHEMA)
            .field("payload", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    private SampleRecords() {}

    /** An insert of the row that {@code bench stream} uses, with plain values. */
    static SourceRecord insert() {
        SampleRow row = new SampleRow();
        SampleEvent event = new SampleEvent(row.codec().schema());
        return new SourceRecord(
                Map.of("server", "bench"),
                Map.of("lsn", 45_042_000L),
                "bench.public.item",
                null,
                KEY,
                new Struct(KEY).put("id", 1_234_567L),
                event.schema(),
                event.create(row.codec().eagerly(row.image())),
                1_790_000_000_123L);
    }

    /** A row of an outbox. */
    static SourceRecord outbox() {
        SampleEvent event = new SampleEvent(OUTBOX);
        Struct row = new Struct(OUTBOX)
                .put("id", "827ccb0e-ea8a-706c-4c34-a16891f84e7b")
                .put("aggregatetype", "order")
                .put("aggregateid", "4711")
                .put("type", "OrderPaid")
                .put(
                        "payload",
                        "{\"order\":4711,\"customer\":234567,\"amount\":99.5,\"lines\":[{\"sku\":\"A-1\",\"count\":2},"
                                + "{\"sku\":\"B-7\",\"count\":1}],\"paid\":true,\"note\":\"leave it at the door\"}");
        return new SourceRecord(
                Map.of("server", "bench"),
                Map.of("lsn", 45_042_000L),
                "bench.public.outbox",
                null,
                Schema.STRING_SCHEMA,
                "827ccb0e-ea8a-706c-4c34-a16891f84e7b",
                event.schema(),
                event.create(row),
                1_790_000_000_123L);
    }
}
