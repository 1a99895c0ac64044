// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * Runs Kafka's main classes.
 *
 * @param java the home of the Java that runs them
 * @param classpath the jars
 * @param directory the directory for the configuration files, and the working directory
 * @param heap the largest heap, as {@code -Xmx} takes it
 * @param arguments more arguments for the JVM
 * @param environment what a server has in addition to the environment of this JVM
 */
record KafkaJvm(
        Path java,
        String classpath,
        Path directory,
        String heap,
        List<String> arguments,
        Map<String, String> environment) {

    /** The home of the Java that runs this JVM. */
    static final Path HERE = Path.of(System.getProperty("java.home"));

    private static final String LOGGING = "kafka-log4j2.properties";

    /** For releases before 4.0. */
    private static final String OLD_LOGGING = "kafka-log4j.properties";

    KafkaJvm {
        arguments = List.copyOf(arguments);
        environment = Map.copyOf(environment);
    }

    /** Adds arguments for the JVM. */
    KafkaJvm with(List<String> more) {
        List<String> all = new ArrayList<>(arguments);
        all.addAll(more);
        return new KafkaJvm(java, classpath, directory, heap, all, environment);
    }

    /** How to run a main class as a server. */
    Launch server(String name, Path log, Launch.Ready ready, String mainClass, Path properties) {
        return new Launch(
                        name,
                        List.of(),
                        command(mainClass, properties.toString()),
                        directory,
                        log,
                        ready,
                        Launch.Ending.JAVA)
                .with(environment);
    }

    /** The command that runs a main class. */
    List<String> command(String mainClass, String... mainArguments) {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin/java").toString());
        command.add("-Xmx" + heap);
        command.add("-Djava.awt.headless=true");
        command.add(TemporaryFiles.in(directory));
        command.add("-Dlog4j2.configurationFile=" + copied(LOGGING));
        command.add("-Dlog4j.configuration=" + copied(OLD_LOGGING).toUri());
        command.addAll(arguments);
        command.addAll(List.of("-cp", classpath, mainClass));
        command.addAll(List.of(mainArguments));
        return command;
    }

    /** Writes a properties file and returns its path. */
    Path write(String name, Map<String, String> settings) {
        Properties properties = new Properties();
        properties.putAll(settings);
        Path file = directory.resolve(name);
        try {
            Files.createDirectories(directory);
            try (Writer writer = Files.newBufferedWriter(file)) {
                properties.store(writer, null);
            }
            return file;
        } catch (IOException e) {
            throw new SandboxException("cannot write " + file, e);
        }
    }

    private Path copied(String resource) {
        Path file = directory.resolve(resource);
        try (InputStream in = Objects.requireNonNull(KafkaJvm.class.getResourceAsStream(resource))) {
            Files.createDirectories(directory);
            Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            return file;
        } catch (IOException e) {
            throw new SandboxException("cannot write " + file, e);
        }
    }
}
