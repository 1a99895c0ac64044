// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

/** A chain of all transforms and predicates, for the tables {@code customers} and {@code outbox}. */
final class TransformChain {

    private static final String PACKAGE = "dev.tributary.transforms.";

    private TransformChain() {}

    /** Adds it to a connector. The topics of rows begin with {@code app.} then. */
    static TestConnector in(TestConnector connector) {
        return connector
                .tables("public.customers,public.outbox")
                .with("transforms", "mask,unchanged,filter,ce,outbox,flat,route")
                .with("predicates", "ofOutbox,rows")
                .with("predicates.ofOutbox.type", PACKAGE + "IsTable")
                .with("predicates.ofOutbox.tables", "public.outbox")
                .with("predicates.rows.type", PACKAGE + "IsOperation")
                .with("predicates.rows.operations", "c,u,d,r,tombstone")
                .with("transforms.mask.type", PACKAGE + "MaskFields")
                .with("transforms.mask.rules", "*.customers.email=hash")
                .with("transforms.mask.hash.key", Secrets.newFor("transforms.mask.hash.key"))
                .with("transforms.unchanged.type", PACKAGE + "DropUnchanged")
                .with("transforms.unchanged.columns.exclude", "seen")
                .with("transforms.filter.type", PACKAGE + "FilterRows")
                .with("transforms.filter.condition", "op == 'd' || after.region in ['north', 'east']")
                .with("transforms.filter.predicate", "ofOutbox")
                .with("transforms.filter.negate", "true")
                .with("transforms.ce.type", PACKAGE + "CloudEventHeaders")
                .with("transforms.outbox.type", PACKAGE + "OutboxRouter")
                .with("transforms.outbox.table", "public.outbox")
                .with("transforms.flat.type", PACKAGE + "FlattenChange")
                .with("transforms.flat.predicate", "rows")
                .with("transforms.route.type", PACKAGE + "RouteTopic")
                .with("transforms.route.topic", "app.${topic}");
    }
}
