// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class OutboxColumnsSchemalessTest extends OutboxColumnsSuite {

    OutboxColumnsSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
