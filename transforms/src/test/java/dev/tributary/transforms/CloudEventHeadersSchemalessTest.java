// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

class CloudEventHeadersSchemalessTest extends CloudEventHeadersSuite {

    CloudEventHeadersSchemalessTest() {
        super(SampleEvents.schemaless());
    }
}
