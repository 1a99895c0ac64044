// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The connection properties of pgjdbc that a configuration sets: {@code driver.*}, and {@code database.*} such as those
 * of TLS.
 */
final class DriverProperties {

    /**
     * The options with that prefix that are no properties of the driver; those of more than one word are none either.
     */
    private static final Set<String> OWN = Set.of("hostname", "port", "user", "password", "dbname");

    /** Not the driver's, but of its plugin that reads the file. */
    private static final String PASSWORD_FILE = "password.file";

    private DriverProperties() {}

    static Map<String, String> in(Map<String, String> properties) {
        Map<String, String> driver = new HashMap<>();
        copy(properties, "database.", name -> !OWN.contains(name) && !name.contains("."), driver);
        copy(properties, "database.", PASSWORD_FILE::equals, driver);
        copy(properties, "driver.", name -> true, driver);
        return driver;
    }

    private static void copy(
            Map<String, String> properties, String prefix, Predicate<String> isTaken, Map<String, String> driver) {
        properties.forEach((option, value) -> {
            if (option.startsWith(prefix) && value != null && !value.isBlank()) {
                String name = option.substring(prefix.length());
                if (isTaken.test(name)) {
                    driver.put(name, value);
                }
            }
        });
    }
}
