// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerAddressTest {

    @ParameterizedTest
    @CsvSource({
        "'', '', http",
        "'http://:8083', '', http",
        "'https://:8443', '', https",
        "'HTTPS://:8443', '', https",
        "'http://:8083,https://:8443', '', http",
        "'http://:8083,https://:8443', https, https",
    })
    void itHasTheSchemeOfTheAdvertisedListener(String listeners, String advertised, String scheme) {
        // When
        WorkerAddress address =
                new WorkerAddress(Map.of("listeners", listeners, "rest.advertised.listener", advertised));

        // Then
        assertThat(address.of("worker-1:8083", "/tributary/api/worker"))
                .hasToString(scheme + "://worker-1:8083/tributary/api/worker");
    }
}
