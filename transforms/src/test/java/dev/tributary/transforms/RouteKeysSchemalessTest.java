// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class RouteKeysSchemalessTest extends RouteKeysSuite {

    RouteKeysSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
