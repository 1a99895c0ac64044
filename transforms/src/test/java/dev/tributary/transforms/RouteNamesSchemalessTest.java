// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class RouteNamesSchemalessTest extends RouteNamesSuite {

    RouteNamesSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
