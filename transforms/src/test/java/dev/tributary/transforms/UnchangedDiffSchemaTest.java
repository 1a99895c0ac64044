// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class UnchangedDiffSchemaTest extends UnchangedDiffSuite {

    UnchangedDiffSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
