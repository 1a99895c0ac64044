// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class OutboxPayloadSchemaTest extends OutboxPayloadSuite {

    OutboxPayloadSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
