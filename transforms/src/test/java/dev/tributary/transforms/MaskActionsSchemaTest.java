// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class MaskActionsSchemaTest extends MaskActionsSuite {

    MaskActionsSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
