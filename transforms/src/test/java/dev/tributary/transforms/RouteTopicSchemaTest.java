// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class RouteTopicSchemaTest extends RouteTopicSuite {

    RouteTopicSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
