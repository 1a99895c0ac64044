// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class MaskFieldsSchemaTest extends MaskFieldsSuite {

    MaskFieldsSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
