// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.check;

import dev.tributary.sandbox.PluginDirectory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.connect.connector.policy.AllConnectorClientConfigOverridePolicy;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.Worker;
import org.apache.kafka.connect.runtime.isolation.Plugins;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfo;
import org.apache.kafka.connect.runtime.rest.entities.ConfigInfos;
import org.apache.kafka.connect.runtime.rest.entities.ConfigValueInfo;
import org.apache.kafka.connect.runtime.standalone.StandaloneConfig;
import org.apache.kafka.connect.runtime.standalone.StandaloneHerder;
import org.apache.kafka.connect.storage.FileOffsetBackingStore;
import org.apache.kafka.connect.util.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * Validates a configuration with Connect's own code, as a worker with this plugin does when it receives one over REST:
 * converters, transforms, predicates, client overrides and the connector. No worker is started and no broker is needed.
 */
final class ConnectValidation {

    private static final List<String> CONVERTERS = List.of("key.converter", "value.converter", "header.converter");

    private final Plugins plugins;
    private final Map<String, String> settings;

    /** @param plugin the directory of the plugin */
    ConnectValidation(PluginDirectory plugin) {
        this.settings = Map.of(
                "bootstrap.servers",
                "127.0.0.1:9092",
                "key.converter",
                JsonConverter.class.getName(),
                "value.converter",
                JsonConverter.class.getName(),
                "offset.storage.file.filename",
                "unused",
                "plugin.path",
                plugin.path().toString(),
                "plugin.discovery",
                "service_load");
        this.plugins = new Plugins(settings);
    }

    /**
     * The result.
     *
     * @param errors what REST would refuse; each contains the name of its option
     * @param unchecked the classes that neither Kafka nor this plugin has, by the option that names them; they and
     *     their options were left out
     */
    record Result(List<String> errors, Map<String, String> unchecked) {}

    Result of(Map<String, String> config) throws InterruptedException {
        Map<String, String> checked = new HashMap<>(config);
        Map<String, String> unchecked = leaveOutUnknown(checked);
        checked.putIfAbsent("name", "check");
        return new Result(errors(checked), unchecked);
    }

    private List<String> errors(Map<String, String> config) throws InterruptedException {
        AllConnectorClientConfigOverridePolicy policy = new AllConnectorClientConfigOverridePolicy();
        Worker worker = new Worker(
                "check",
                Time.SYSTEM,
                plugins,
                new WithoutBroker(settings),
                new FileOffsetBackingStore(new JsonConverter()),
                policy);
        StandaloneHerder herder = new StandaloneHerder(worker, WithoutBroker.CLUSTER, policy);
        try {
            FutureCallback<ConfigInfos> answer = new FutureCallback<>();
            herder.validateConnectorConfig(config, answer, false);
            return answer.get().configs().stream()
                    .map(ConfigInfo::configValue)
                    .flatMap(ConnectValidation::errors)
                    .toList();
        } catch (ExecutionException e) {
            throw new IllegalStateException("Connect cannot validate the configuration", e.getCause());
        } finally {
            herder.stop();
        }
    }

    private static Stream<String> errors(ConfigValueInfo value) {
        return value.errors().stream()
                // Connect adds it to every error of an option that has no definition, such as driver.*.
                .filter(error -> !error.startsWith("Configuration is not defined: "))
                .map(error -> error.contains(value.name()) ? error : value.name() + ": " + error);
    }

    /** A worker can have more plugins than this one, and what they are is not known here. */
    private Map<String, String> leaveOutUnknown(Map<String, String> config) {
        Map<String, String> unknown = new TreeMap<>();
        for (String converter : CONVERTERS) {
            if (isUnknown(config.get(converter))) {
                unknown.put(converter, String.valueOf(config.get(converter)));
                remove(config, converter);
            }
        }
        for (String kind : List.of("transforms", "predicates")) {
            for (String alias : aliases(config, kind)) {
                String option = kind + "." + alias + ".type";
                if (isUnknown(config.get(option))) {
                    unknown.put(option, String.valueOf(config.get(option)));
                    remove(config, kind + "." + alias);
                    config.put(
                            kind,
                            aliases(config, kind).stream()
                                    .filter(other -> !other.equals(alias))
                                    .collect(Collectors.joining(",")));
                }
            }
        }
        leaveOutPredicates(config, unknown);
        return unknown;
    }

    /** A transform whose predicate is left out is checked as if it had none. */
    private static void leaveOutPredicates(Map<String, String> config, Map<String, String> unknown) {
        for (String alias : aliases(config, "transforms")) {
            String option = "transforms." + alias + ".predicate";
            if (unknown.containsKey("predicates." + config.get(option) + ".type")) {
                config.remove(option);
                config.remove("transforms." + alias + ".negate");
            }
        }
    }

    /** Classes of this plugin that do not exist are for Connect to report. */
    private boolean isUnknown(@Nullable String type) {
        if (type == null || type.startsWith("dev.tributary.")) {
            return false;
        }
        try {
            plugins.pluginClass(type);
            return false;
        } catch (ClassNotFoundException e) {
            return true;
        }
    }

    private static List<String> aliases(Map<String, String> config, String kind) {
        return Stream.of(config.getOrDefault(kind, "").split(","))
                .map(String::strip)
                .filter(alias -> !alias.isEmpty())
                .toList();
    }

    private static void remove(Map<String, String> config, String prefix) {
        config.keySet().removeIf(option -> option.equals(prefix) || option.startsWith(prefix + "."));
    }

    /** The configuration of a worker that asks no broker for the id of its cluster. */
    private static final class WithoutBroker extends StandaloneConfig {

        private static final String CLUSTER = "none";

        WithoutBroker(Map<String, String> settings) {
            super(settings);
        }

        @Override
        public String kafkaClusterId() {
            return CLUSTER;
        }
    }
}
