// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * An option of ours whose value is a positive integer.
 *
 * @param name the name of the option
 * @param displayName the name that a UI shows
 * @param group the group that a UI shows it in
 * @param importance how likely it is that a user has to set it
 * @param defaultValue the value when the user sets none; null if it depends on the machine
 */
record NumberOption(
        String name,
        String displayName,
        OptionGroup group,
        Importance importance,
        @Nullable Long defaultValue) implements OwnOption {

    private static final ConfigDef.Validator POSITIVE = new ConfigDef.Validator() {
        @Override
        public void ensureValid(String name, @Nullable Object value) {
            if (value instanceof Long number && number < 1) {
                throw new ConfigException(name, value, "must be 1 or higher");
            }
        }

        @Override
        public String toString() {
            return "1 or higher";
        }
    };

    /**
     * The value in a configuration that was validated.
     *
     * @param otherwise the value if the user sets none, and there is no default
     */
    long valueIn(Map<String, String> properties, long otherwise) {
        String text = properties.get(name);
        if (text != null) {
            return Long.parseLong(text.strip());
        }
        return defaultValue == null ? otherwise : defaultValue;
    }

    /** Whether a configuration that was validated sets another value than the default. */
    boolean isChangedIn(Map<String, String> properties) {
        return properties.containsKey(name)
                && !Long.valueOf(valueIn(properties, 0)).equals(defaultValue);
    }

    @Override
    public void addTo(ConfigDef definition, int orderInGroup) {
        definition.define(
                name,
                ConfigDef.Type.LONG,
                defaultValue,
                POSITIVE,
                importance,
                Descriptions.of(name),
                group.title(),
                orderInGroup,
                Width.SHORT,
                displayName);
    }
}
