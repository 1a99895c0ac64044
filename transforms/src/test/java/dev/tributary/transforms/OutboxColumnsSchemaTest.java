// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class OutboxColumnsSchemaTest extends OutboxColumnsSuite {

    OutboxColumnsSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
