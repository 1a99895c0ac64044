// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The built parts of this repository: Apache Kafka, the Postgres binaries, the plugin zip, the services. The error for
 * a missing part includes the command that builds it.
 *
 * @param root the repository's root directory, absolute
 */
public record Distribution(Path root) {

    /** The Postgres versions that the sandbox can run, oldest first. */
    public static final List<Integer> POSTGRES_VERSIONS = List.of(14, 15, 16, 17, 18);

    /** The releases of Connect that a worker can be of, besides that of the broker, oldest first. */
    public static final List<String> OLDER_CONNECT = List.of("3.6", "3.9", "4.0");

    /** The system property for the repository root. Without it, the working directory and its parents are searched. */
    public static final String HOME_PROPERTY = "tributary.home";

    public Distribution {
        root = root.toAbsolutePath().normalize();
    }

    /**
     * Finds the repository: the system property {@value #HOME_PROPERTY}, else the working directory or its nearest
     * parent that is a repository.
     *
     * @throws SandboxException if there is none
     */
    public static Distribution find() {
        String home = System.getProperty(HOME_PROPERTY);
        Path start = Path.of(home == null ? "" : home).toAbsolutePath();
        for (@Nullable Path at = start; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("sandbox/kafka")) && Files.exists(at.resolve("mvnw"))) {
                return new Distribution(at);
            }
        }
        throw new SandboxException("no Tributary repository at or above " + start + "; set -D" + HOME_PROPERTY);
    }

    /** The class path of Apache Kafka: broker, worker and tools. */
    public String kafkaClasspath() {
        return only("sandbox/kafka/target/lib", "kafka-clients-*.jar", "sandbox/kafka")
                .resolveSibling("*")
                .toString();
    }

    /**
     * The class path of a worker of an older release.
     *
     * @param release one of {@link #OLDER_CONNECT}
     */
    String connectClasspath(String release) {
        if (!OLDER_CONNECT.contains(release)) {
            throw new SandboxException("there is no Connect " + release + " here, only " + OLDER_CONNECT);
        }
        String module = "sandbox/connect/" + release;
        return only(module + "/target/lib", "connect-runtime-*.jar", module)
                .resolveSibling("*")
                .toString();
    }

    /**
     * The jar with the binaries of a Postgres version.
     *
     * @param version a major version, one of {@link #POSTGRES_VERSIONS}
     */
    public Path postgresBinaries(int version) {
        if (!POSTGRES_VERSIONS.contains(version)) {
            throw new SandboxException("there is no Postgres " + version + " here, only " + POSTGRES_VERSIONS);
        }
        return only("sandbox/target/postgres", version + ".jar", "sandbox");
    }

    /** The plugin zip, as users install it. */
    public Path pluginZip() {
        return only("plugin/target", "*.zip", "plugin");
    }

    /** The class path of the sample services. */
    String servicesClasspath() {
        Path jar = only("sample-services/target", "tributary-sample-services-*.jar", "sample-services");
        return jar + File.pathSeparator + jar.resolveSibling("lib") + "/*";
    }

    /** The jar that runs the schema registry. */
    Path registry() {
        return only("sandbox/registry/target/server", "apicurio-registry-app-*-runner.jar", "sandbox/registry");
    }

    /** The jars of Apicurio's Avro converter. */
    public List<Path> registryConverter() {
        Path one = only(
                "sandbox/registry/target/converter", "apicurio-registry-utils-converter-*.jar", "sandbox/registry");
        try (Stream<Path> jars = Files.list(one.resolveSibling("."))) {
            return jars.sorted().toList();
        } catch (IOException e) {
            throw new SandboxException("cannot read " + one.resolveSibling("."), e);
        }
    }

    /** The directory with Flink's jars, built, and the program that runs statements. */
    Path flink() {
        only("sandbox/flink/target/lib", "flink-clients-*.jar", "sandbox/flink -Pflink");
        return root.resolve("sandbox/flink");
    }

    /** A directory for files that take long to prepare and can be prepared again. */
    Path cache() {
        return root.resolve("sandbox/target");
    }

    private Path only(String directory, String glob, String module) {
        List<Path> found = new ArrayList<>();
        Path where = root.resolve(directory);
        if (Files.isDirectory(where)) {
            try (DirectoryStream<Path> matches = Files.newDirectoryStream(where, glob)) {
                matches.forEach(found::add);
            } catch (IOException e) {
                throw new SandboxException("cannot read " + where, e);
            }
        }
        return found.stream()
                .max(Comparator.comparing(Path::getFileName))
                .orElseThrow(() -> new SandboxException("missing " + where.resolve(glob) + "; build it: cd " + root
                        + " && ./mvnw -q -DskipTests -am -pl " + module + " package"));
    }
}
