// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.common.config.provider.FileConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigProvidersTest {

    @Test
    void placeholdersAreReplaced(@TempDir Path directory) throws Exception {
        // Given
        Path secrets = Files.writeString(directory.resolve("secrets.properties"), "password=quiet\n");
        Map<String, String> options = Map.of("tasks.max", "1", "database.password", "${file:" + secrets + ":password}");

        // When
        Map<String, String> resolved = new ConfigProviders(
                        Map.of("group.id", "any", "config.providers.file.class", FileConfigProvider.class.getName()))
                .resolve(options);

        // Then
        assertThat(resolved).isEqualTo(Map.of("tasks.max", "1", "database.password", "quiet"));
        assertThat(new ConfigProviders(Map.of("group.id", "any")).resolve(options))
                .isEqualTo(options);
    }

    @Test
    void thoseOfAProviderThatConnectLoadsAsAPluginStay() {
        // Given
        Map<String, String> options = Map.of("database.password", "${vault:secret:password}");

        // When
        Map<String, String> resolved =
                new ConfigProviders(Map.of("config.providers.vault.class", "org.example.Vault")).resolve(options);

        // Then
        assertThat(resolved).isEqualTo(options);
    }

    @Test
    void aFileThatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> new ConfigProviders(
                                Map.of("config.providers.file.class", FileConfigProvider.class.getName()))
                        .resolve(Map.of("database.password", "${file:/nowhere/secrets:password}")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/nowhere/secrets");
    }
}
