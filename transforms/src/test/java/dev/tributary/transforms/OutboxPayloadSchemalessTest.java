// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class OutboxPayloadSchemalessTest extends OutboxPayloadSuite {

    OutboxPayloadSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
