// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;

/**
 * The options of Apicurio's converter that decide what its messages look like. They stay in a configuration that is
 * switched to ours, and show whether consumers can read on.
 */
final class ApicurioOptions {

    private static final String PREFIX = "apicurio.registry.";

    /** With these its messages are Confluent's, with the ids that Confluent's API knows. Its defaults are others. */
    private static final Map<String, String> AS_CONFLUENT = new TreeMap<>(Map.of(
            PREFIX + "as-confluent", "true", PREFIX + "headers.enabled", "false", PREFIX + "use-id", "contentId"));

    private ApicurioOptions() {}

    /**
     * Checks them, if there are any.
     *
     * @throws ConfigException if the messages that were written with them are others than ours
     */
    static void check(Map<String, ?> configs) {
        if (configs.keySet().stream().noneMatch(name -> name.startsWith(PREFIX))) {
            return;
        }
        String missing = AS_CONFLUENT.entrySet().stream()
                .filter(option -> !option.getValue().equalsIgnoreCase(String.valueOf(configs.get(option.getKey()))))
                .map(option -> option.getKey() + "=" + option.getValue())
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            throw new ConfigException("With these options Apicurio's converter does not write what this one writes: the"
                    + " format of Confluent, with content ids. A consumer could take one schema for another. Switch its"
                    + " consumers and Apicurio's converter to that format first, with " + missing
                    + "; or remove the options " + PREFIX + "* if nobody reads the former messages");
        }
    }
}
