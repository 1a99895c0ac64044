// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class UnchangedColumnsSchemaTest extends UnchangedColumnsSuite {

    UnchangedColumnsSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
