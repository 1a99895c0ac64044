// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertOnly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.TableName;
import dev.tributary.preflight.Finding.Severity;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SchemaNameChecksTest {

    private final Requests requests =
            Requests.on(new ConnectionTarget("localhost", 5432, "shop", "app", null, Map.of()));

    private final Facts ordinary = TestFacts.withTables(new TableName("public", "orders"));
    private final Facts odd =
            TestFacts.withTables(new TableName("public", "order-items"), new TableName("public", "1st"));

    @Test
    void acceptsOrdinaryNamesAndConvertersThatDoNotWriteAvro() {
        assertThat(SchemaNameChecks.forbidden(requests.writingAvro("eu.shop").request(), ordinary))
                .isEmpty();
        assertThat(SchemaNameChecks.forbidden(requests.topicPrefix("my-shop").request(), odd))
                .isEmpty();
    }

    @Test
    void namesWhatAvroForbids() {
        assertOnly(SchemaNameChecks.forbidden(requests.writingAvro("my-shop").request(), odd))
                .is(Severity.WARNING, "schema.name.adjustment.mode")
                .says("my-shop, order-items, 1st");
    }
}
