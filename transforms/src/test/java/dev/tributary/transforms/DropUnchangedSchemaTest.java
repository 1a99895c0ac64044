// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class DropUnchangedSchemaTest extends DropUnchangedSuite {

    DropUnchangedSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
