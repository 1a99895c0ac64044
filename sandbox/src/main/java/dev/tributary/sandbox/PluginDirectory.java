// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * A directory for a worker's {@code plugin.path} that contains one plugin.
 *
 * @param path the directory, absolute; the plugin is a subdirectory
 */
public record PluginDirectory(Path path) {

    public PluginDirectory {
        path = path.toAbsolutePath().normalize();
    }

    /**
     * Unpacks a plugin zip, as users do.
     *
     * @param zip a zip that contains one directory, as on Confluent Hub
     * @param path the directory to create
     */
    public static PluginDirectory unpack(Path zip, Path path) {
        PluginDirectory plugin = new PluginDirectory(path);
        try (InputStream in = Files.newInputStream(zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                Path file = plugin.path.resolve(entry.getName()).normalize();
                if (!file.startsWith(plugin.path)) {
                    throw new SandboxException("entry outside the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.resolveSibling("."));
                    Files.copy(entries, file);
                }
            }
            return plugin;
        } catch (IOException e) {
            throw new SandboxException("cannot unpack " + zip, e);
        }
    }

    /**
     * Makes a plugin from jars.
     *
     * @param jars the plugin's jars
     * @param path the directory to create
     */
    public static PluginDirectory ofJars(Collection<Path> jars, Path path) {
        PluginDirectory plugin = new PluginDirectory(path);
        try {
            Path inside = Files.createDirectories(plugin.path.resolve("plugin"));
            for (Path jar : jars) {
                Path name = Path.of(jar.toFile().getName());
                Files.copy(jar, inside.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
            return plugin;
        } catch (IOException e) {
            throw new SandboxException("cannot make a plugin in " + path, e);
        }
    }
}
