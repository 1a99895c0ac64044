// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class MaskActionsSchemalessTest extends MaskActionsSuite {

    MaskActionsSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
