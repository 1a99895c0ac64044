// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class MaskTablesSchemaTest extends MaskTablesSuite {

    MaskTablesSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
