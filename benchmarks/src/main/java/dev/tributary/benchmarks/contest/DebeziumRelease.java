// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.sandbox.SandboxException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The release of Debezium that Tributary is compared with. The build chooses it, with the Maven property
 * {@code contestant.debezium.version}, and puts its jars in a directory of their own.
 *
 * @param version the version, such as {@code 3.7.0.Final}
 */
public record DebeziumRelease(String version) {

    /** The release that this build was made with. */
    public static DebeziumRelease here() {
        Properties built = new Properties();
        try (InputStream in =
                Objects.requireNonNull(DebeziumRelease.class.getResourceAsStream("contestant.properties"))) {
            built.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new DebeziumRelease(built.getProperty("debezium.version"));
    }

    /**
     * The jars of its plugin directory.
     *
     * @param root the root of this repository
     */
    List<Path> jars(Path root) throws IOException {
        Path directory = root.resolve("benchmarks/target/debezium-" + version);
        if (!Files.isDirectory(directory)) {
            throw new SandboxException("missing " + directory + "; to build it, run ./tributary bench");
        }
        try (Stream<Path> jars = Files.list(directory)) {
            return jars.toList();
        }
    }

    /** The version as {@code connector.plugin.version} takes it: this one and no other. */
    String range() {
        return "[" + version + "]";
    }
}
