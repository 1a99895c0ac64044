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

    /** The class of ours that the driver asks, and the option that passes it the name of the user's class. */
    private static final String LOGIN_PASSWORD = "dev.tributary.postgres.LoginPassword";

    private static final String USERS_CLASS = "driver.password.class";

    private Credentials() {}

    /** Makes the driver ask a class of ours, if the password comes from a file or from a class of the user. */
    static void complete(Map<String, String> properties) {
        // Also Debezium lets an option of the driver win over the same one of the database.
        String ofDatabase = properties.remove(DATABASE_PLUGIN);
        String plugin = isSet(properties, DRIVER_PLUGIN) ? properties.get(DRIVER_PLUGIN) : ofDatabase;
        if (isSet(properties, OptionNames.DATABASE_PASSWORD_FILE)) {
            properties.put(DRIVER_PLUGIN, LOGIN_PASSWORD);
        } else if (plugin != null && !plugin.isBlank() && !plugin.equals(LOGIN_PASSWORD)) {
            properties.put(USERS_CLASS, plugin.strip());
            properties.put(DRIVER_PLUGIN, LOGIN_PASSWORD);
        }
    }

    /** Whether the password is asked for at each connect, and can change while the connector runs. */
    public static boolean canChange(ConnectorConfig config) {
        return isSet(config.properties(), DRIVER_PLUGIN);
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
