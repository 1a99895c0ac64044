// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A database and the role that connects to it. {@code toString} shows neither the password nor values of properties.
 *
 * @param host name or address of the server; an IPv6 address with or without brackets
 * @param port TCP port
 * @param database name of the database
 * @param user role that logs in
 * @param password its password; null when the server requires none
 * @param driverProperties pgjdbc connection parameters such as {@code sslmode}, {@code sslrootcert} or
 *     {@code connectTimeout} (seconds), as in <a href="https://jdbc.postgresql.org/documentation/use/">its manual</a>
 */
public record ConnectionTarget(
        String host,
        int port,
        String database,
        String user,
        @Nullable String password,
        Map<String, String> driverProperties) {

    public ConnectionTarget {
        driverProperties = Map.copyOf(driverProperties);
    }

    /** The JDBC URL with host, port and database; it contains no secrets. */
    public String url() {
        var address = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return "jdbc:postgresql://" + address + ":" + port + "/" + URLEncoder.encode(database, StandardCharsets.UTF_8);
    }

    /** The connection properties that pgjdbc needs in addition to the {@link #url()}, with user and password. */
    public Properties properties() {
        var properties = new Properties();
        properties.putAll(driverProperties);
        properties.setProperty("user", user);
        if (password != null) {
            properties.setProperty("password", password);
        }
        KeepAliveSocketFactory.addTo(properties);
        return properties;
    }

    /** For messages: {@code user@host:port/database} and the names of the driver properties, without their values. */
    @Override
    public String toString() {
        return user
                + '@'
                + host
                + ':'
                + port
                + '/'
                + database
                + ' '
                + new TreeMap<>(driverProperties).navigableKeySet();
    }
}
