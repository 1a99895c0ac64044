// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.Map;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.jspecify.annotations.Nullable;

/**
 * The options about how the slot is made and decoded.
 *
 * @param failover whether a new slot gets {@code failover}
 * @param decodingMegabytes {@code logical_decoding_work_mem} of the connector's walsender; null for that of the server
 */
public record SlotOptions(boolean failover, @Nullable Long decodingMegabytes) {

    static final NumberOption DECODING_WORK_MEM = new NumberOption(
            OptionNames.SLOT_DECODING_WORK_MEM_MB, "Decoding memory", OptionGroup.REPLICATION, Importance.LOW, null);

    /** The options in a configuration that was validated. */
    public static SlotOptions of(ConnectorConfig config) {
        return of(config.properties());
    }

    /** The options in the properties of a configuration that was validated. */
    public static SlotOptions of(Map<String, String> properties) {
        long megabytes = DECODING_WORK_MEM.valueIn(properties, 0);
        return new SlotOptions(
                Boolean.parseBoolean(
                        properties.getOrDefault(OptionNames.SLOT_FAILOVER, "").strip()),
                megabytes == 0 ? null : megabytes);
    }

    /** The SQL statements with which the session of the walsender begins; empty if there are none. */
    public String sessionSql() {
        return decodingMegabytes == null ? "" : "; SET logical_decoding_work_mem = '" + decodingMegabytes + "MB'";
    }

    /** The same, in the form in which a connection can ask for settings when it begins. */
    public String startupOptions() {
        return decodingMegabytes == null ? "" : " -c logical_decoding_work_mem=" + decodingMegabytes + "MB";
    }
}
