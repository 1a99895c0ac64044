// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.jspecify.annotations.Nullable;

/** The outbox table {@code shop.outbox}. */
final class SampleOutbox {

    private static final Schema UUID =
            SchemaBuilder.string().name("io.debezium.data.Uuid").version(1).build();

    private static final Schema JSON = SchemaBuilder.string()
            .name("io.debezium.data.Json")
            .version(1)
            .optional()
            .build();

    /** The columns in Debezium's documentation. */
    static final Schema ROW = basic().build();

    /** More columns, for everything that can be configured. */
    static final Schema WIDE_ROW = basic().field("tenant", Schema.OPTIONAL_STRING_SCHEMA)
            .field("shard", Schema.OPTIONAL_INT32_SCHEMA)
            .field("version", Schema.OPTIONAL_INT32_SCHEMA)
            .field(
                    "created",
                    SchemaBuilder.string()
                            .name("io.debezium.time.ZonedTimestamp")
                            .version(1)
                            .optional()
                            .build())
            .field("body", Schema.OPTIONAL_BYTES_SCHEMA)
            .field(
                    "note",
                    SchemaBuilder.string().optional().defaultValue("none").build())
            .build();

    private SampleOutbox() {}

    private static SchemaBuilder basic() {
        return SchemaBuilder.struct()
                .name("shop.shop.outbox.Value")
                .optional()
                .field("id", UUID)
                .field("aggregatetype", Schema.OPTIONAL_STRING_SCHEMA)
                .field("aggregateid", Schema.OPTIONAL_STRING_SCHEMA)
                .field("type", Schema.STRING_SCHEMA)
                .field("payload", JSON);
    }

    static SampleEvents of(SampleEvents events) {
        return events.of("outbox", WIDE_ROW);
    }

    /** The event of an order; each pair of arguments sets a column. */
    static Map<String, @Nullable Object> entry(@Nullable Object... columnsAndValues) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("id", "406c07f3-26f0-4eea-a50c-109940064b8f");
        entry.put("aggregatetype", "order");
        entry.put("aggregateid", "4711");
        entry.put("type", "OrderPlaced");
        entry.put("payload", "{\"order\": 4711, \"items\": [{\"sku\": \"tea\", \"count\": 2}]}");
        for (int i = 0; i < columnsAndValues.length; i += 2) {
            entry.put(String.valueOf(columnsAndValues[i]), columnsAndValues[i + 1]);
        }
        return entry;
    }
}
