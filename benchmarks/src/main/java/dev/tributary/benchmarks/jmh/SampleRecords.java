// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.jmh;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** Records as Debezium's connector sends them, for those who transform them. */
final class SampleRecords {

    private static final Schema KEY = SchemaBuilder.struct()
            .name("bench.public.item.Key")
            .field("id", Schema.INT64_SCHEMA)
            .build();

    private SampleRecords() {}

    /** An insert of the row that {@code bench stream} measures with, its values plain. */
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
}
