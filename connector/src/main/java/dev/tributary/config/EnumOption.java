// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * An option of ours whose values are the constants of an enum, written in lower case.
 *
 * @param name the name of the option
 * @param displayName the name that a UI shows
 * @param group the group that a UI shows it in
 * @param importance how likely it is that a user has to set it
 * @param defaultValue the value when the user sets none; this is the only place that states it
 */
record EnumOption<E extends Enum<E>>(
        String name, String displayName, OptionGroup group, Importance importance, E defaultValue)
        implements OwnOption {

    /** The value in a configuration that was validated. */
    E valueIn(Map<String, String> properties) {
        String text = properties.get(name);
        return text == null ? defaultValue : Enum.valueOf(type(), text.toUpperCase(Locale.ROOT));
    }

    /** Whether a configuration, validated or not, sets this option to a value. */
    boolean isSetTo(E value, Map<String, String> properties) {
        return OneOf.textOf(value).equalsIgnoreCase(properties.get(name));
    }

    @Override
    public void addTo(ConfigDef definition, int orderInGroup) {
        OneOf values = OneOf.constantsOf(type());
        definition.define(
                name,
                ConfigDef.Type.STRING,
                OneOf.textOf(defaultValue),
                values,
                importance,
                Descriptions.of(name),
                group.title(),
                orderInGroup,
                Width.SHORT,
                displayName,
                values);
    }

    private Class<E> type() {
        return defaultValue.getDeclaringClass();
    }
}
