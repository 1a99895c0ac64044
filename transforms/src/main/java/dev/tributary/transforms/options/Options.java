// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.options;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The options that a transform was given, all of them valid. */
public final class Options extends AbstractConfig {

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid, or they do not go together */
    public Options(ConfigDef definition, Map<String, ?> given) {
        super(definition, given, false);
        Map<String, Object> parsed = new HashMap<>(values());
        definition.configKeys().forEach((name, key) -> key.recommender.validValues(name, parsed));
    }

    /** The option that {@link Option#choice} defined. */
    public <E extends Enum<E>> E choice(String name, Class<E> type) {
        return new Choice<>(type).parse(name, getString(name));
    }

    /** The text; null if it is empty. */
    public @Nullable String textOrNull(String name) {
        String text = getString(name);
        return text == null || text.isEmpty() ? null : text;
    }
}
