// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** The options in effect, those that a configuration does not set included. */
public final class EffectiveOptions {

    private EffectiveOptions() {}

    /**
     * An option.
     *
     * @param name its name
     * @param value its value, hidden if it is or can be a secret
     * @param standard its default; empty if it has none
     */
    public record Effective(String name, String value, String standard) {

        /** Whether it is not its default. */
        public boolean isChanged() {
            return !value.equals(standard);
        }
    }

    /** The options in effect, sorted by name. */
    public static List<Effective> of(Map<String, String> properties) {
        Map<String, String> standard = new HashMap<>();
        Options.definition().configKeys().values().forEach(key -> standard.put(key.name, standard(key)));
        standard.putAll(Options.complete(Map.of()));
        Map<String, String> effective = new HashMap<>(standard);
        effective.putAll(Options.complete(properties));
        return LoggedOptions.of(effective).entrySet().stream()
                .map(option ->
                        new Effective(option.getKey(), option.getValue(), standard.getOrDefault(option.getKey(), "")))
                .toList();
    }

    private static String standard(ConfigDef.ConfigKey key) {
        return key.hasDefault() && key.defaultValue != null
                ? ConfigDef.convertToString(key.defaultValue, key.type)
                : "";
    }
}
