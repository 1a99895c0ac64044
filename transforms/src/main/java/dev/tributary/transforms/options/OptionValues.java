// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.options;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The values of the options that a transform was given. All of them are valid. */
public final class OptionValues extends AbstractConfig {

    private static final Logger LOG = LoggerFactory.getLogger(OptionValues.class);

    /** Keys of the worker itself, which it passes along with the options of a transform. */
    private static final Set<String> WORKER_KEYS = Set.of("type", "plugin.version", "predicate", "negate");

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid, or options conflict */
    public OptionValues(ConfigDef definition, Map<String, ?> given) {
        super(definition, given, false);
        Map<String, Object> parsed = new HashMap<>(values());
        definition.configKeys().forEach((name, key) -> key.recommender.validValues(name, parsed));
        given.keySet().stream()
                .filter(name -> !definition.configKeys().containsKey(name) && !WORKER_KEYS.contains(name))
                .sorted()
                .forEach(name -> LOG.warn(
                        "Option {} is unknown and has no effect. Known options: {}",
                        name,
                        String.join(", ", definition.names().stream().sorted().toList())));
    }

    /** The value of an option that {@link OptionDefinition#choice} defined. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        return new EnumValidator<>(type).parse(name, getString(name));
    }

    /** The text; null if it is empty. */
    public @Nullable String textOrNull(String name) {
        String text = getString(name);
        return text == null || text.isEmpty() ? null : text;
    }
}
