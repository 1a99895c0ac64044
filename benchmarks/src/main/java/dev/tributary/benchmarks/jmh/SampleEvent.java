// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.jmh;

import io.debezium.data.Envelope;
import java.time.Instant;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;

/** An insert in Debezium's envelope. */
final class SampleEvent {

    private static final Instant TIME = Instant.parse("2026-11-21T10:23:00.123456Z");

    private static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("version", Schema.STRING_SCHEMA)
            .field("connector", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field("snapshot", Schema.OPTIONAL_STRING_SCHEMA)
            .field("db", Schema.STRING_SCHEMA)
            .field("sequence", Schema.OPTIONAL_STRING_SCHEMA)
            .field("ts_us", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ns", Schema.OPTIONAL_INT64_SCHEMA)
            .field("schema", Schema.STRING_SCHEMA)
            .field("table", Schema.STRING_SCHEMA)
            .field("txId", Schema.OPTIONAL_INT64_SCHEMA)
            .field("lsn", Schema.OPTIONAL_INT64_SCHEMA)
            .field("xmin", Schema.OPTIONAL_INT64_SCHEMA)
            .build();

    private final Envelope envelope;

    SampleEvent(Schema row) {
        this.envelope = Envelope.defineSchema()
                .withName("bench.public.item.Envelope")
                .withRecord(row)
                .withSource(SOURCE)
                .build();
    }

    Schema schema() {
        return envelope.schema();
    }

    /** The event of a row. Its source block is new, as every event has a new one. */
    Struct create(Struct row) {
        Struct source = new Struct(SOURCE)
                .put("version", "3.7.0.Final")
                .put("connector", "postgresql")
                .put("name", "bench")
                .put("ts_ms", TIME.toEpochMilli())
                .put("snapshot", "false")
                .put("db", "bench")
                .put("sequence", "[\"45041792\",\"45042000\"]")
                .put("ts_us", TIME.toEpochMilli() * 1_000)
                .put("ts_ns", TIME.toEpochMilli() * 1_000_000)
                .put("schema", "public")
                .put("table", "item")
                .put("txId", 810L)
                .put("lsn", 45_042_000L);
        return envelope.create(row, source, TIME);
    }
}
