// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DistributionTest {

    @TempDir
    Path root;

    @Test
    void namesTheCommandThatBuildsAMissingPart() {
        // Given
        Distribution distribution = new Distribution(root);

        // When, Then
        assertThatThrownBy(distribution::pluginZip)
                .isInstanceOf(SandboxException.class)
                .hasMessageContaining("plugin/target/*.zip")
                .hasMessageEndingWith("cd " + root + " && ./mvnw -q -DskipTests -am -pl plugin package");
    }

    @Test
    void rejectsAVersionThatDoesNotExist() {
        assertThatThrownBy(() -> new Distribution(root).postgresBinaries(13))
                .hasMessageContaining("[14, 15, 16, 17, 18]");
    }

    @Test
    void findsABuiltPart() throws IOException {
        // Given
        Path zip = Files.createDirectories(root.resolve("plugin/target")).resolve("plugin-1.zip");
        Files.createFile(zip);

        // When, Then
        assertThat(new Distribution(root).pluginZip()).isEqualTo(zip);
    }
}
