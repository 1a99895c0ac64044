// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class OutboxTopicsSchemalessTest extends OutboxTopicsSuite {

    OutboxTopicsSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
