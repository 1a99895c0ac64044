// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginDirectoryTest {

    @TempDir
    Path directory;

    @Test
    void unpacksAZip() throws IOException {
        // Given
        Path zip = zip("plugin/lib/a.jar");

        // When
        PluginDirectory plugin = PluginDirectory.unpack(zip, directory.resolve("plugins"));

        // Then
        assertThat(plugin.path().resolve("plugin/lib/a.jar")).exists();
    }

    @Test
    void rejectsAZipThatWritesOutsideTheDirectory() throws IOException {
        // Given
        Path zip = zip("../elsewhere.jar");

        // When, Then
        assertThatThrownBy(() -> PluginDirectory.unpack(zip, directory.resolve("plugins")))
                .hasMessageContaining("../elsewhere.jar");
        assertThat(directory.resolve("elsewhere.jar")).doesNotExist();
    }

    private Path zip(String entry) throws IOException {
        Path zip = directory.resolve("plugin.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry(entry));
            out.write(1);
        }
        return zip;
    }
}
