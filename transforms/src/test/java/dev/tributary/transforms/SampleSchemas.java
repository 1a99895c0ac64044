// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import org.apache.kafka.connect.data.Decimal;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The schemas of the records of {@link SampleEvents}. */
final class SampleSchemas {

    static final Schema ADDRESS = SchemaBuilder.struct()
            .name("address")
            .optional()
            .field("street", Schema.OPTIONAL_STRING_SCHEMA)
            .field("city", Schema.OPTIONAL_STRING_SCHEMA)
            .build();

    static final Schema ROW = SchemaBuilder.struct()
            .name("shop.shop.customers.Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("email", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "region",
                    SchemaBuilder.string().optional().defaultValue("none").build())
            .field("visits", SchemaBuilder.int32().defaultValue(0).build())
            .field("balance", Decimal.builder(2).optional().build())
            .field(
                    "profile",
                    SchemaBuilder.string()
                            .name("io.debezium.data.Json")
                            .version(1)
                            .optional()
                            .build())
            .field(
                    "labels",
                    SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA)
                            .optional()
                            .build())
            .field(
                    "extras",
                    SchemaBuilder.map(Schema.STRING_SCHEMA, Schema.OPTIONAL_STRING_SCHEMA)
                            .optional()
                            .build())
            .field("address", ADDRESS)
            .field(
                    "photo",
                    SchemaBuilder.bytes()
                            .optional()
                            .defaultValue(new byte[] {0})
                            .build())
            .build();

    /** Fewer columns, for the documentation. */
    static final Schema SHORT_ROW = SchemaBuilder.struct()
            .name("shop.shop.customers.Value")
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("email", Schema.OPTIONAL_STRING_SCHEMA)
            .field("region", Schema.OPTIONAL_STRING_SCHEMA)
            .field("visits", Schema.INT32_SCHEMA)
            .build();

    static final Schema SOURCE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.Source")
            .field("version", Schema.STRING_SCHEMA)
            .field("connector", Schema.STRING_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .field(
                    "snapshot",
                    SchemaBuilder.string().optional().defaultValue("false").build())
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

    static final Schema TRANSACTION = SchemaBuilder.struct()
            .name("event.block")
            .version(1)
            .optional()
            .field("id", Schema.STRING_SCHEMA)
            .field("total_order", Schema.INT64_SCHEMA)
            .field("data_collection_order", Schema.INT64_SCHEMA)
            .build();

    static final Schema KEY = SchemaBuilder.struct()
            .name("shop.shop.customers.Key")
            .field("id", Schema.INT64_SCHEMA)
            .build();

    static final Schema HEARTBEAT = SchemaBuilder.struct()
            .name("io.debezium.connector.common.Heartbeat")
            .version(1)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();

    static final Schema BOUNDARY = SchemaBuilder.struct()
            .name("io.debezium.connector.common.TransactionMetadataValue")
            .version(1)
            .field("status", Schema.STRING_SCHEMA)
            .field("id", Schema.STRING_SCHEMA)
            .field("event_count", Schema.OPTIONAL_INT64_SCHEMA)
            .field("ts_ms", Schema.INT64_SCHEMA)
            .build();

    static final Schema MESSAGE = SchemaBuilder.struct()
            .name("io.debezium.connector.postgresql.MessageValue")
            .version(1)
            .field("op", Schema.STRING_SCHEMA)
            .field("ts_ms", Schema.OPTIONAL_INT64_SCHEMA)
            .field("source", SOURCE)
            .field(
                    "message",
                    SchemaBuilder.struct()
                            .name("io.debezium.connector.postgresql.Message")
                            .field("prefix", Schema.OPTIONAL_STRING_SCHEMA)
                            .field("content", Schema.OPTIONAL_BYTES_SCHEMA)
                            .build())
            .build();

    private SampleSchemas() {}

    /** The schema of the table with one more column. */
    static Schema rowWith(String column, Schema schema) {
        SchemaBuilder builder = SchemaBuilder.struct().name(ROW.name()).optional();
        ROW.fields().forEach(field -> builder.field(field.name(), field.schema()));
        return builder.field(column, schema).build();
    }
}
