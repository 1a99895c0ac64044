// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class IsTableSchemalessTest extends IsTableSuite {

    IsTableSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
