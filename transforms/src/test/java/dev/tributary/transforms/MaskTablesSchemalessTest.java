// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class MaskTablesSchemalessTest extends MaskTablesSuite {

    MaskTablesSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
