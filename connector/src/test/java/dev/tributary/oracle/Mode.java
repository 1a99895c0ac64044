// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.HashMap;
import java.util.Map;

/**
 * Options that are tried together.
 *
 * @param name what the options are about
 * @param options the options
 */
record Mode(String name, Map<String, String> options) {

    /** A mode from keys and values in turn. */
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
