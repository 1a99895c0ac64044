// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class MaskRulesSchemaTest extends MaskRulesSuite {

    MaskRulesSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
