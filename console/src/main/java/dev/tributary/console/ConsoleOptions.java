// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console;

import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigException;

/**
 * The options of the console, which are properties of the worker.
 *
 * @param actions {@code console.actions}: whether the page offers what Connect's own REST API has no call for, such as
 *     an ad hoc snapshot; false by default
 * @param eventValues {@code console.event.values}: whether sampled events show keys and values, for everybody who may
 *     use the worker's REST API; false by default
 */
public record ConsoleOptions(boolean actions, boolean eventValues) {

    static final String ACTIONS = "console.actions";
    static final String EVENT_VALUES = "console.event.values";

    /** @throws ConfigException if a value is neither true nor false */
    static ConsoleOptions of(Map<String, ?> worker) {
        return new ConsoleOptions(flag(worker, ACTIONS), flag(worker, EVENT_VALUES));
    }

    private static boolean flag(Map<String, ?> worker, String option) {
        String value = Objects.toString(worker.get(option), "false").strip();
        if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false")) {
            throw new ConfigException(option, value, "must be true or false");
        }
        return value.equalsIgnoreCase("true");
    }
}
