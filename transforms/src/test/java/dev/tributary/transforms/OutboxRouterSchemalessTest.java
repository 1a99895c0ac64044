// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class OutboxRouterSchemalessTest extends OutboxRouterSuite {

    OutboxRouterSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
