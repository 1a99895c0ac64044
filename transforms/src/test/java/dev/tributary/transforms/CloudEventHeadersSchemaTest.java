// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class CloudEventHeadersSchemaTest extends CloudEventHeadersSuite {

    CloudEventHeadersSchemaTest() {
        super(SampleEvents.withSchemas());
    }
}
