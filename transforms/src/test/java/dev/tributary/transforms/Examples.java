// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;

/** The examples on the pages of the transforms. */
final class Examples {

    private static final SampleEvents EVENTS = SampleEvents.withSchemas().of(SampleSchemas.SHORT_ROW);

    private static final SampleEvents WITH_SECRETS = EVENTS.of(SchemaBuilder.struct()
            .name(SampleSchemas.SHORT_ROW.name())
            .optional()
            .field("id", Schema.INT64_SCHEMA)
            .field("name", Schema.STRING_SCHEMA)
            .field("email", Schema.OPTIONAL_STRING_SCHEMA)
            .field("iban", Schema.OPTIONAL_STRING_SCHEMA)
            .field(
                    "profile",
                    SchemaBuilder.string()
                            .name("io.debezium.data.Json")
                            .version(1)
                            .optional()
                            .build())
            .build());

    private Examples() {}

    static Map<Class<?>, Example> all() {
        return Map.ofEntries(
                Map.entry(
                        FlattenChange.class,
                        Example.of(
                                "flat",
                                EVENTS.update(customer(), customer("visits", 4)),
                                "add.fields",
                                "op,source.lsn",
                                "add.headers",
                                "transaction.id",
                                "changed.header",
                                "changed")),
                Map.entry(
                        FilterRows.class,
                        Example.of(
                                "north",
                                EVENTS.update(customer(), customer("region", "south")),
                                "condition",
                                "op != 'd' && after.region in ['north', 'east']")),
                Map.entry(
                        CloudEventHeaders.class,
                        Example.of("ce", EVENTS.create(customer()), "type.prefix", "com.example")),
                Map.entry(
                        DropUnchanged.class,
                        Example.of(
                                "unchanged",
                                EVENTS.update(customer(), customer("visits", 4, "region", "south")),
                                "columns.exclude",
                                "shop.customers.visits,updated_at",
                                "diff.header",
                                "changed")),
                Map.entry(
                        RouteTopic.class,
                        Example.of(
                                "route",
                                EVENTS.create(customer("region", "south")),
                                "topic",
                                "${schema}.${row.region}",
                                "key.field",
                                "from")),
                Map.entry(
                        OutboxRouter.class,
                        Example.of(
                                "outbox",
                                SampleEvents.withSchemas()
                                        .of("outbox", SampleOutbox.ROW)
                                        .create(SampleOutbox.entry()),
                                "table",
                                "shop.outbox",
                                "table.fields.additional.placement",
                                "type:header:eventType",
                                "table.expand.json.payload",
                                "true")),
                Map.entry(
                        MaskFields.class,
                        Example.of(
                                "mask",
                                WITH_SECRETS.create(customer("iban", "GB33BUKB20201555555555")),
                                "rules",
                                "*.customers.name=truncate:1, *.customers.email=hash, **.iban=encrypt:deterministic,"
                                        + " *.customers.profile:/phone=redact",
                                "hash.key",
                                "not-a-secret-but-an-example",
                                "encrypt.keys",
                                "2026:bm90IGEgc2VjcmV0IGJ1dCBhbiBleGFtcGxlIDEyMzQ=")));
    }
}
