// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.worker;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/**
 * The configuration providers of the worker, which replace the placeholders in configurations of connectors. Those that
 * Connect loads as plugins cannot be reached from here.
 */
public final class ConfigProviders {

    private static final String NAMES = AbstractConfig.CONFIG_PROVIDERS_CONFIG;
    private static final String PREFIX = NAMES + ".";
    private static final String CLASS = ".class";

    private final Map<String, Object> settings = new HashMap<>();

    /**
     * @param worker the properties of this worker, as Connect gives them to a REST extension: without the names of the
     *     providers, so they are those that have a class
     */
    public ConfigProviders(Map<String, ?> worker) {
        worker.forEach((name, value) -> {
            if (name.startsWith(PREFIX)) {
                settings.put(name, value);
            }
        });
        String names = settings.keySet().stream()
                .filter(name -> name.endsWith(CLASS) && name.length() > PREFIX.length() + CLASS.length())
                .map(name -> name.substring(PREFIX.length(), name.length() - CLASS.length()))
                .filter(name -> !name.contains(".") && isReachable(String.valueOf(settings.get(PREFIX + name + CLASS))))
                .sorted()
                .collect(Collectors.joining(","));
        settings.put(NAMES, names);
    }

    private static boolean isReachable(String type) {
        try {
            Class.forName(type, false, AbstractConfig.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Replaces the placeholders, as Connect does. Those of a provider that cannot be reached stay.
     *
     * @throws IllegalArgumentException if a provider cannot be used
     */
    public Map<String, String> resolve(Map<String, String> options) {
        try {
            Map<String, String> resolved = new HashMap<>();
            new AbstractConfig(new ConfigDef(), options, settings, false)
                    .originals()
                    .forEach((name, value) -> resolved.put(name, String.valueOf(value)));
            return resolved;
        } catch (ConfigException e) {
            throw new IllegalArgumentException(
                    "A configuration provider of the worker cannot be used here: " + e.getMessage(), e);
        }
    }
}
