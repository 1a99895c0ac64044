// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a connector gets the password of its role. */
public final class Credentials {

    /** pgjdbc asks a class of this name for the password at each connect. */
    static final String DRIVER_PLUGIN = "driver.authenticationPluginClassName";

    /** The same as an option of the database, which Debezium passes to the driver as well. */
    private static final String DATABASE_PLUGIN = "database.authenticationPluginClassName";

    private static final String PASSWORD_FILE = "dev.tributary.postgres.PasswordFile";

    private Credentials() {}

    /** Makes the driver read the password from a file, if one is set. */
    static void complete(Map<String, String> properties) {
        if (isSet(properties, OptionNames.DATABASE_PASSWORD_FILE)) {
            properties.put(DRIVER_PLUGIN, PASSWORD_FILE);
        }
    }

    /** Whether the password is asked for at each connect, and can change while the connector runs. */
    public static boolean canChange(ConnectorConfig config) {
        Map<String, String> properties = config.properties();
        return isSet(properties, OptionNames.DATABASE_PASSWORD_FILE)
                || isSet(properties, DRIVER_PLUGIN)
                || isSet(properties, DATABASE_PLUGIN);
    }

    /** What is wrong, by option. */
    static Map<String, String> problems(Map<String, String> written) {
        Map<String, String> problems = new LinkedHashMap<>();
        if (isSet(written, OptionNames.DATABASE_PASSWORD_FILE)) {
            for (String other : new String[] {OptionNames.DATABASE_PASSWORD, DRIVER_PLUGIN, DATABASE_PLUGIN}) {
                if (isSet(written, other)) {
                    problems.put(
                            OptionNames.DATABASE_PASSWORD_FILE,
                            "is set, and so is " + other
                                    + ". Only one of them can give the password: remove the other.");
                }
            }
        }
        return problems;
    }

    private static boolean isSet(Map<String, String> properties, String option) {
        String value = properties.get(option);
        return value != null && !value.isBlank();
    }
}
