// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.HashMap;
import java.util.Map;

/**
 * Options that are tested together.
 *
 * @param name what the options do
 * @param options the options
 */
record Mode(String name, Map<String, String> options) {

    /** A mode from alternating keys and values. */
    static Mode of(String name, String... keysAndValues) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            options.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new Mode(name, Map.copyOf(options));
    }

    @Override
    public String toString() {
        return name;
    }
}
