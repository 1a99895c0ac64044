// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class MaskRulesSchemalessTest extends MaskRulesSuite {

    MaskRulesSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
