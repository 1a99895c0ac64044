// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class OutboxTopicsSchemaTest extends OutboxTopicsSuite {

    OutboxTopicsSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
