// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The settings that a broker and a worker share: both are JVMs that run one of Kafka's main classes.
 *
 * @param <B> the builder itself
 */
abstract sealed class KafkaServerBuilder<B extends KafkaServerBuilder<B>>
        permits KafkaBroker.Builder, ConnectWorker.Builder {

    final Site site;
    private final List<String> jvmArguments = new ArrayList<>();
    private String heap;
    private Map<String, String> environment = Map.of();
    private Path java = KafkaJvm.HERE;

    KafkaServerBuilder(Site site, String heap) {
        this.site = site;
        this.heap = heap;
    }

    /** The largest heap, as {@code -Xmx} takes it. */
    public B heap(String heap) {
        this.heap = heap;
        return self();
    }

    /** The home of the Java that runs it, by default of this JVM's. */
    public B java(Path home) {
        this.java = home;
        return self();
    }

    /** An argument for the JVM. */
    public B jvmArgument(String argument) {
        jvmArguments.add(argument);
        return self();
    }

    /**
     * A clock that can jump, if the server is a process of this machine.
     *
     * @throws SandboxException unless {@link ServerClock#isAvailable()}
     */
    public B clock(ServerClock clock) {
        environment = clock.environment();
        return self();
    }

    abstract B self();

    /** The jars of its release. */
    String classpath() {
        return site.distribution().kafkaClasspath();
    }

    KafkaJvm jvm() {
        return new KafkaJvm(java, classpath(), site.directory().toAbsolutePath(), heap, jvmArguments, environment);
    }
}
