// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.replication.Walsender;
import io.debezium.jdbc.JdbcConfiguration;
import java.sql.SQLException;
import java.util.Map;

/**
 * How the stream reaches the server.
 *
 * @param url the JDBC URL of the database
 * @param jdbc role, password, TLS and other properties of the driver
 * @param session what the session of the stream begins with
 * @param statusIntervalMillis {@code status.update.interval.ms}
 * @param parameters further options of the output plugin: {@code slot.stream.params}
 * @param xminIntervalMillis {@code xmin.fetch.interval.ms}; 0 if xmin is not requested
 */
public record Transport(
        String url,
        JdbcConfiguration jdbc,
        Session session,
        long statusIntervalMillis,
        Map<String, String> parameters,
        long xminIntervalMillis) {

    /**
     * What a session of the stream begins with.
     *
     * @param settings SQL statements to run first
     * @param application its {@code application_name}
     */
    public record Session(String settings, String application) {}

    /** Connects to the server in replication mode. */
    Walsender connect() throws SQLException {
        return connect(jdbc);
    }

    /** The same with other properties of the connection. */
    Walsender connect(JdbcConfiguration properties) throws SQLException {
        return Walsender.connect(url, properties.asProperties(), session.settings(), session.application());
    }
}
