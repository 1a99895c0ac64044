// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplicationNameTest {

    @Test
    void namesPrefixAndConnector() {
        assertThat(ApplicationName.of("shop", "shop-source").text()).isEqualTo("Tributary shop shop-source");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "", "shop with spaces", "größe", "a-very-long-name-of-a-connector-that-goes-on"})
    void isReadBackAsItWasWritten(String connector) {
        // Given
        ApplicationName name = ApplicationName.of("shop", connector);

        // Then
        assertThat(ApplicationName.parse(name.text())).contains(name);
        assertThat(name.text()).hasSizeLessThanOrEqualTo(63).matches("[ -~]+");
    }

    @Test
    void distinguishesLongNames() {
        // Given
        String long1 = "connector-with-a-rather-long-name-1";
        String long2 = "connector-with-a-rather-long-name-2";

        // Then
        assertThat(ApplicationName.of(long1, long1)).isNotEqualTo(ApplicationName.of(long1, long2));
        assertThat(ApplicationName.of(long1, long2).text().getBytes(StandardCharsets.UTF_8))
                .hasSizeLessThanOrEqualTo(63);
    }

    @Test
    void isNotTheNameOfAnythingElse() {
        assertThat(ApplicationName.parse("Debezium Streaming")).isEmpty();
        assertThat(ApplicationName.parse("Tributary snapshot")).isEmpty();
    }
}
