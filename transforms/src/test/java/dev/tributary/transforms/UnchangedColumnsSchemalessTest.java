// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class UnchangedColumnsSchemalessTest extends UnchangedColumnsSuite {

    UnchangedColumnsSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
