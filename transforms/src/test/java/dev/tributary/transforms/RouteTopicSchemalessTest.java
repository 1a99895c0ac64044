// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class RouteTopicSchemalessTest extends RouteTopicSuite {

    RouteTopicSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
