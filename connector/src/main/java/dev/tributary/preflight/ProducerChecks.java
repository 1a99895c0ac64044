// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ConnectorConfig;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether the producer is set up for the rate of a backlog. Connect owns the producer: a connector can see what its own
 * configuration overrides, but neither the worker's settings nor what was made of both.
 */
public final class ProducerChecks {

    private static final String OVERRIDE = "producer.override.";
    private static final String BATCH_SIZE = OVERRIDE + "batch.size";

    /** The settings of the first connector in README: see {@code docs/benchmarks.md}. */
    private static final List<Setting> RECOMMENDED = List.of(
            new Setting("batch.size", "524288"), new Setting("linger.ms", "5"), new Setting("compression.type", "lz4"));

    private record Setting(String name, String value) {

        String ofConnector() {
            return '"' + OVERRIDE + name + "\": \"" + value + '"';
        }

        String ofWorker() {
            return "producer." + name + "=" + value;
        }
    }

    private ProducerChecks() {}

    /** What can be said of a configuration, whatever the worker is. */
    public static List<Finding> of(ConnectorConfig config) {
        // Without a name it runs in an engine without a producer.
        if (config.connectorName().isEmpty() || config.properties().containsKey(BATCH_SIZE)) {
            return List.of();
        }
        return List.of(Finding.warning(
                BATCH_SIZE,
                "It is not set, and a connector cannot see whether the worker sets producer.batch.size",
                "With Kafka's default of 16384 bytes, the producer limits the rate to a fraction, and needs more CPU"
                        + " time than the rest of the task",
                new Fix.Advice("add to the connector " + all(Setting::ofConnector)
                        + "; if the worker's connector.client.config.override.policy does not allow that, add to every"
                        + " worker " + all(Setting::ofWorker) + ", and ignore this warning")));
    }

    private static String all(Function<Setting, String> text) {
        return RECOMMENDED.stream().map(text).collect(Collectors.joining(", "));
    }
}
