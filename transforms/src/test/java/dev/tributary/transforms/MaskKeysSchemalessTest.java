// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class MaskKeysSchemalessTest extends MaskKeysSuite {

    MaskKeysSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
