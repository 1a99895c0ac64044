// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka on 127.0.0.1: one node that is broker and controller. The replication factor is 1, unless it is a node
 * of a {@link KafkaCluster}.
 */
public final class KafkaBroker extends Server {

    private static final int NODE = 1;

    private final int port;
    private final KafkaJvm jvm;
    private final Path properties;
    private final Path data;

    private KafkaBroker(Builder builder, int port, @Nullable HostedServer hosted) {
        super(builder.site.log(), hosted);
        this.port = port;
        this.jvm = builder.jvm();
        Map<String, String> settings = alone(port, jvm.directory().resolve("log"));
        settings.putAll(builder.settings);
        this.properties = jvm.write("broker.properties", settings);
        this.data = data(settings);
        if (isProcess()) {
            format(data, Uuid.randomUuid());
        }
    }

    /** A node of a cluster, formatted and not started. The settings are complete. */
    KafkaBroker(Path log, KafkaJvm jvm, int port, Map<String, String> settings, Uuid cluster) {
        super(log);
        this.port = port;
        this.jvm = jvm;
        this.properties = jvm.write("broker.properties", settings);
        this.data = data(settings);
        format(data, cluster);
    }

    private static Path data(Map<String, String> settings) {
        return Path.of(settings.getOrDefault("log.dirs", ""));
    }

    /** The directory that has a directory for each partition. */
    public Path data() {
        return data;
    }

    /** The {@code bootstrap.servers} for clients. */
    public String bootstrapServers() {
        return "127.0.0.1:" + port;
    }

    @Override
    Launch launch() {
        return jvm.server(toString(), logFile(), this::serves, "kafka.Kafka", properties);
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
            return admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).stream()
                    .anyMatch(node -> node.port() == port);
        }
    }

    private static Map<String, String> alone(int port, Path data) {
        int controllerPort = LoopbackPort.free();
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        settings.put("listeners", "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put("log.dirs", data.toString());
        return settings;
    }

    private void format(Path data, Uuid cluster) {
        if (Files.exists(data.resolve("meta.properties"))) {
            return;
        }
        // @formatter:off
        ServerProcess.run(Launch.errand(
                "formatting Kafka's storage",
                List.of(),
                jvm.command("kafka.tools.StorageTool", "format", "-t", cluster.toString(), "-c", properties.toString()),
                jvm.directory(),
                logFile()));
        // @formatter:on
    }

    /** One replica of everything, and no delays. */
    static Map<String, String> defaults() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        // After a crash the node can only return once its previous session has expired.
        settings.put("broker.session.timeout.ms", "3000");
        settings.put("broker.heartbeat.interval.ms", "500");
        return settings;
    }

    /** Configures a broker. Every setting has a default; the heap is at most 512m. */
    public static final class Builder extends KafkaServerBuilder<Builder> {

        private final @Nullable Hosting hosting;
        private final Map<String, String> settings = defaults();
        private int port;

        Builder(Site site, @Nullable Hosting hosting) {
            super(site, "512m");
            this.hosting = hosting;
        }

        /** The port; a free one by default. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** A property of the broker. It overrides the sandbox's default. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** Starts the broker and returns when it responds to clients. */
        public KafkaBroker start() {
            int chosen = port == 0 ? LoopbackPort.free() : port;
            HostedServer hosted = hosting == null ? null : hosting.broker(chosen, settings, site.log());
            return site.start(new KafkaBroker(this, chosen, hosted));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
