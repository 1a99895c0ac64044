// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Width;

/**
 * An option of ours whose value is a text or a list of texts, without a default.
 *
 * @param name the name of the option
 * @param displayName the name that a UI shows
 * @param group the group that a UI shows it in
 * @param importance how likely it is that a user has to set it
 * @param type {@code STRING}, {@code PASSWORD} or {@code LIST}
 */
record TextOption(String name, String displayName, OptionGroup group, Importance importance, ConfigDef.Type type)
        implements OwnOption {

    @Override
    public void addTo(ConfigDef definition, int orderInGroup) {
        definition.define(
                name,
                type,
                null,
                null,
                importance,
                Descriptions.of(name),
                group.title(),
                orderInGroup,
                Width.LONG,
                displayName);
    }
}
