// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class FilterRowsSchemaTest extends FilterRowsSuite {

    FilterRowsSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
