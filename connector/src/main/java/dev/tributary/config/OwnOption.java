// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import org.apache.kafka.common.config.ConfigDef;

/** An option that Debezium does not have. */
sealed interface OwnOption permits EnumOption, NumberOption, TextOption {

    /** The group that a UI shows it in. */
    OptionGroup group();

    /** Adds it to a definition. */
    void addTo(ConfigDef definition, int orderInGroup);
}
