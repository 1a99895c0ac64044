// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class MaskKeysSchemaTest extends MaskKeysSuite {

    MaskKeysSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
