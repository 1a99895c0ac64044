// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import static dev.tributary.transforms.SampleEvents.customer;

import java.util.Map;

/** The examples on the pages of the transforms. */
final class Examples {

    private static final SampleEvents EVENTS = SampleEvents.withSchemas().of(SampleEvents.SHORT_ROW);

    private Examples() {}

    static Map<Class<?>, Example> all() {
        return Map.of(
                FlattenChange.class,
                Example.of(
                        "flat",
                        EVENTS.update(customer(), customer("visits", 4)),
                        "add.fields",
                        "op,source.lsn",
                        "add.headers",
                        "transaction.id",
                        "changed.header",
                        "changed"),
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
                        "true"));
    }
}
