// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class IsOperationSchemaTest extends IsOperationSuite {

    IsOperationSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
