// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A real Connect worker in distributed mode on 127.0.0.1. Workers with the same group share connectors and tasks. Keys
 * and values are JSON without schemas unless a connector or a property says otherwise.
 */
public final class ConnectWorker extends Server {

    private final int port;
    private final int jmxPort;
    private final KafkaJvm jvm;
    private final Path properties;
    private final ConnectRest rest;

    private ConnectWorker(Builder builder) {
        super(builder.site.log());
        this.port = LoopbackPort.free();
        this.jmxPort = builder.jmx ? LoopbackPort.free() : 0;
        this.jvm = builder.jvm().with(jmxArguments());
        Map<String, String> settings = builder.defaults();
        settings.put("listeners", "http://127.0.0.1:" + port);
        settings.put("rest.advertised.host.name", "127.0.0.1");
        settings.putAll(builder.properties);
        this.properties = jvm.write("worker.properties", settings);
        this.rest = new ConnectRest(URI.create("http://127.0.0.1:" + port));
    }

    /** The address of its REST interface. */
    public URI restUrl() {
        return rest.url();
    }

    /** Its REST interface. */
    public ConnectRest rest() {
        return rest;
    }

    /** The port for JMX over RMI, without a password, if JMX is enabled. */
    public OptionalInt jmxPort() {
        return jmxPort == 0 ? OptionalInt.empty() : OptionalInt.of(jmxPort);
    }

    private List<String> jmxArguments() {
        if (jmxPort == 0) {
            return List.of();
        }
        return List.of(
                "-Dcom.sun.management.jmxremote.port=" + jmxPort,
                "-Dcom.sun.management.jmxremote.rmi.port=" + jmxPort,
                "-Dcom.sun.management.jmxremote.host=127.0.0.1",
                "-Djava.rmi.server.hostname=127.0.0.1",
                "-Dcom.sun.management.jmxremote.authenticate=false",
                "-Dcom.sun.management.jmxremote.ssl=false");
    }

    @Override
    Launch launch() {
        return jvm.server(
                toString(), logFile(), rest::isHealthy, "org.apache.kafka.connect.cli.ConnectDistributed", properties);
    }

    @Override
    public String toString() {
        return "Connect worker on 127.0.0.1:" + port;
    }

    /** Configures a worker. Every setting has a default; the heap is at most 1g. */
    public static final class Builder extends KafkaServerBuilder<Builder> {

        private final String bootstrapServers;
        private final List<Path> pluginPath = new ArrayList<>();
        private final Map<String, String> properties = new LinkedHashMap<>();
        private String group = "connect";
        private boolean jmx;
        private String release = "";

        Builder(Site site, String bootstrapServers) {
            super(site, "1g");
            this.bootstrapServers = bootstrapServers;
        }

        /** Adds a plugin to {@code plugin.path}. */
        public Builder plugin(PluginDirectory plugin) {
            pluginPath.add(plugin.path());
            return this;
        }

        /** The group, {@code connect} by default. The internal topics are named after it. */
        public Builder group(String group) {
            this.group = group;
            return this;
        }

        /** Properties of all its clients, such as those for a login: its own and those of its connectors. */
        public Builder clients(Map<String, String> clients) {
            for (String prefix : List.of("", "producer.", "consumer.", "admin.")) {
                clients.forEach((name, value) -> properties.put(prefix + name, value));
            }
            return this;
        }

        /** The replication factor of the internal topics, 1 by default. */
        public Builder replicationFactor(int factor) {
            for (String topic : List.of("config", "offset", "status")) {
                properties.put(topic + ".storage.replication.factor", Integer.toString(factor));
            }
            return this;
        }

        /** A property of the worker, such as {@code plugin.discovery}. It overrides the sandbox's default. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /** An older release, one of {@link Distribution#OLDER_CONNECT}. */
        public Builder release(String release) {
            this.release = release;
            return this;
        }

        /** Opens JMX on a free port of 127.0.0.1. */
        public Builder jmx() {
            this.jmx = true;
            return this;
        }

        /** Starts the worker and returns when it has joined its group and accepts requests. */
        public ConnectWorker start() {
            return site.start(new ConnectWorker(this));
        }

        @Override
        Builder self() {
            return this;
        }

        @Override
        String classpath() {
            return release.isEmpty() ? super.classpath() : site.distribution().connectClasspath(release);
        }

        private Map<String, String> defaults() {
            String json = "org.apache.kafka.connect.json.JsonConverter";
            Map<String, String> settings = new LinkedHashMap<>();
            settings.put("bootstrap.servers", bootstrapServers);
            settings.put("group.id", group);
            if (!pluginPath.isEmpty()) {
                settings.put(
                        "plugin.path",
                        String.join(",", pluginPath.stream().map(Path::toString).toList()));
            }
            settings.put("plugin.discovery", "service_load");
            settings.put("key.converter", json);
            settings.put("key.converter.schemas.enable", "false");
            settings.put("value.converter", json);
            settings.put("value.converter.schemas.enable", "false");
            settings.put("config.storage.topic", group + "-configs");
            settings.put("config.storage.replication.factor", "1");
            settings.put("offset.storage.topic", group + "-offsets");
            settings.put("offset.storage.replication.factor", "1");
            settings.put("offset.storage.partitions", "1");
            settings.put("status.storage.topic", group + "-status");
            settings.put("status.storage.replication.factor", "1");
            settings.put("status.storage.partitions", "1");
            settings.put("connector.client.config.override.policy", "All");
            // The default of five minutes suits rolling restarts. Here a killed worker does not come back.
            settings.put("scheduled.rebalance.max.delay.ms", "2000");
            return settings;
        }
    }
}
