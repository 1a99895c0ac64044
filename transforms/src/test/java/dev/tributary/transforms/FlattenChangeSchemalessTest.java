// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class FlattenChangeSchemalessTest extends FlattenChangeSuite {

    FlattenChangeSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
