// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class FilterRowsSchemalessTest extends FilterRowsSuite {

    FilterRowsSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
