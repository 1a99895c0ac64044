// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Keeps {@code docs/configuration.md} in line with the definition; writes it with {@code -Ddocs.write=true}. */
class ConfigurationDocTest {

    private static final Path PAGE = Path.of("..", "docs", "configuration.md");

    @Test
    void thePageMatchesTheDefinition() throws IOException {
        // Given
        String expected = ConfigurationDoc.write();
        if (Boolean.getBoolean("docs.write")) {
            Files.writeString(PAGE, expected);
        }

        // Then
        assertThat(PAGE)
                .as("docs/configuration.md is stale; write it with:"
                        + " ./mvnw -pl connector test -Dtest=ConfigurationDocTest -Ddocs.write=true")
                .content()
                .isEqualTo(expected);
    }
}
