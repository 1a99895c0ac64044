// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class DropUnchangedSchemalessTest extends DropUnchangedSuite {

    DropUnchangedSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
