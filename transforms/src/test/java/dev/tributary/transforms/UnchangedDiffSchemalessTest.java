// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class UnchangedDiffSchemalessTest extends UnchangedDiffSuite {

    UnchangedDiffSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
