// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class IsOperationSchemalessTest extends IsOperationSuite {

    IsOperationSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
