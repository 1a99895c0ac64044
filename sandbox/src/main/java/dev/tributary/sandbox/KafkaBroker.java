// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** A real Kafka on 127.0.0.1: one node that is broker and controller. Everything is replicated once. */
public final class KafkaBroker extends Server {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int NODE = 1;

    private final int port;
    private final String heap;
    private final List<String> jvmArguments;
    private final Path directory;
    private final KafkaJvm jvm;
    private final Path properties;

    private KafkaBroker(Builder builder, int port, @Nullable HostedServer hosted) {
        super(builder.log, hosted);
        this.port = port;
        this.heap = builder.heap;
        this.jvmArguments = List.copyOf(builder.jvmArguments);
        this.directory = builder.directory.toAbsolutePath();
        this.jvm = new KafkaJvm(builder.distribution, directory);
        Map<String, String> settings = node();
        settings.putAll(builder.settings);
        this.properties = jvm.write("broker.properties", settings);
        if (isProcess()) {
            format();
        }
    }

    /** What clients take as {@code bootstrap.servers}. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    Launch launch() {
        return new Launch(
                toString(),
                List.of(),
                jvm.command(heap, jvmArguments, "kafka.Kafka", properties.toString()),
                directory,
                logFile(),
                this::serves,
                PATIENCE,
                Launch.Ending.JAVA);
    }

    @Override
    public String toString() {
        return "Kafka broker on " + bootstrapServers();
    }

    private boolean serves() throws Exception {
        if (!LoopbackPort.isTaken(port)) {
            return false;
        }
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers()))) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
        }
    }

    private Map<String, String> node() {
        int controllerPort = LoopbackPort.free();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("listeners", "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put("log.dirs", directory.resolve("log").toString());
        return settings;
    }

    private void format() {
        if (Files.exists(directory.resolve("log/meta.properties"))) {
            return;
        }
        // @formatter:off
        ServerProcess.run(Launch.errand(
                "formatting of Kafka's storage",
                List.of(),
                jvm.command(
                        heap,
                        List.of(),
                        "kafka.tools.StorageTool",
                        "format",
                        "-t",
                        Uuid.randomUuid().toString(),
                        "-c",
                        properties.toString()),
                directory,
                logFile()));
        // @formatter:on
    }

    /** Everything once, and nothing waited for. */
    private static Map<String, String> defaults() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // After a crash the node comes back only when its former session has run out.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        return settings;
    }

    /** What to start; every setting has a default. */
    public static final class Builder {

        private final Distribution distribution;
        private final Path directory;
        private final Path log;
        private final Consumer<Server> started;
        private final @Nullable Hosting hosting;
        private final Map<String, String> settings = defaults();
        private final List<String> jvmArguments = new ArrayList<>();
        private int port;
        private String heap = "512m";

        Builder(
                Distribution distribution,
                @Nullable Hosting hosting,
                Path directory,
                Path log,
                Consumer<Server> started) {
            this.distribution = distribution;
            this.hosting = hosting;
            this.directory = directory;
            this.log = log;
            this.started = started;
        }

        /** A fixed port instead of a free one. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** A property of the broker; it wins over the sandbox's own. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** The largest heap, as {@code -Xmx} takes it; 512m by default. */
        public Builder heap(String heap) {
            this.heap = heap;
            return this;
        }

        /** An argument for the JVM. */
        public Builder jvmArgument(String argument) {
            jvmArguments.add(argument);
            return this;
        }

        /** Starts it and returns when it answers clients. */
        public KafkaBroker start() {
            int chosen = port == 0 ? LoopbackPort.free() : port;
            KafkaBroker broker =
                    new KafkaBroker(this, chosen, hosting == null ? null : hosting.broker(chosen, settings, log));
            started.accept(broker);
            broker.start();
            return broker;
        }
    }
}
