// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The connection properties of pgjdbc that a configuration sets: those of TLS, and {@code driver.*}. */
final class DriverProperties {

    private static final List<String> TLS =
            List.of("sslmode", "sslcert", "sslkey", "sslpassword", "sslrootcert", "sslfactory");

    private DriverProperties() {}

    static Map<String, String> in(Map<String, String> properties) {
        Map<String, String> driver = new HashMap<>();
        for (String tls : TLS) {
            String value = properties.get("database." + tls);
            if (value != null && !value.isBlank()) {
                driver.put(tls, value);
            }
        }
        properties.forEach((name, value) -> {
            if (name.startsWith("driver.")) {
                driver.put(name.substring("driver.".length()), value);
            }
        });
        return driver;
    }
}
