// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class FlattenChangeSchemaTest extends FlattenChangeSuite {

    FlattenChangeSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
