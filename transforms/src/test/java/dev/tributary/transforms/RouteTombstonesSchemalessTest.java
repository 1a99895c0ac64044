// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class RouteTombstonesSchemalessTest extends RouteTombstonesSuite {

    RouteTombstonesSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
