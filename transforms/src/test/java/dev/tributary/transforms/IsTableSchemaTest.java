// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class IsTableSchemaTest extends IsTableSuite {

    IsTableSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
