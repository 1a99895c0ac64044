// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
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
     * @param isChanged whether it is not its default
     */
    public record Effective(String name, String value, String standard, boolean isChanged) {}

    /** The options in effect, sorted by name. */
    public static List<Effective> of(Map<String, String> properties) {
        Map<String, String> standard = new HashMap<>();
        Options.definition().configKeys().values().forEach(key -> standard.put(key.name, standard(key)));
        standard.putAll(Options.complete(Map.of()));
        Map<String, String> effective = new HashMap<>(standard);
        effective.putAll(Options.complete(properties));
        Set<String> changed = effective.keySet().stream()
                .filter(option -> !Objects.equals(effective.get(option), standard.getOrDefault(option, "")))
                .map(LoggedOptions::name)
                .collect(Collectors.toSet());
        return LoggedOptions.of(effective).entrySet().stream()
                .map(option -> new Effective(
                        option.getKey(),
                        option.getValue(),
                        standard.getOrDefault(option.getKey(), ""),
                        changed.contains(option.getKey())))
                .toList();
    }

    private static String standard(ConfigDef.ConfigKey key) {
        return key.hasDefault() && key.defaultValue != null
                ? ConfigDef.convertToString(key.defaultValue, key.type)
                : "";
    }
}
