// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class RouteTombstonesSchemaTest extends RouteTombstonesSuite {

    RouteTombstonesSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
