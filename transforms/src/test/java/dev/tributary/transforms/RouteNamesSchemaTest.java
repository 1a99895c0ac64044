// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class RouteNamesSchemaTest extends RouteNamesSuite {

    RouteNamesSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
