// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class RouteKeysSchemaTest extends RouteKeysSuite {

    RouteKeysSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
