// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class ConsoleOptionsTest {

    @Test
    void nothingIsAllowedByDefault() {
        assertThat(ConsoleOptions.of(Map.of())).isEqualTo(new ConsoleOptions(false, false));
    }

    @Test
    void optionsAreReadFromTheWorker() {
        assertThat(ConsoleOptions.of(Map.of("console.actions", " TRUE ", "console.event.values", "true")))
                .isEqualTo(new ConsoleOptions(true, true));
    }

    @Test
    void aWrongValueIsRefused() {
        assertThatThrownBy(() -> new ConsoleExtension().configure(Map.of("console.actions", "yes")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("console.actions")
                .hasMessageContaining("must be true or false");
    }
}
