// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import io.debezium.jdbc.JdbcConfiguration;
import java.util.Map;

/**
 * How the stream reaches the server.
 *
 * @param url the JDBC URL of the database
 * @param jdbc role, password, TLS and other properties of the driver
 * @param settings SQL statements that the session of the stream runs first
 * @param statusIntervalMillis {@code status.update.interval.ms}
 * @param parameters further options of the output plugin: {@code slot.stream.params}
 * @param xminIntervalMillis {@code xmin.fetch.interval.ms}; 0 if xmin is not requested
 */
public record Transport(
        String url,
        JdbcConfiguration jdbc,
        String settings,
        long statusIntervalMillis,
        Map<String, String> parameters,
        long xminIntervalMillis) {}
