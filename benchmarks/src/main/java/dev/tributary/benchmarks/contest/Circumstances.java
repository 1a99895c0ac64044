// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.contest;

import dev.tributary.benchmarks.meter.Machine;
import dev.tributary.sandbox.PostgresServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.apache.kafka.common.utils.AppInfoParser;

/**
 * The machine and the versions of a run.
 *
 * @param date the day of the run, in UTC, in ISO format
 * @param machine the machine
 * @param postgres the version of Postgres
 * @param postgresSettings the settings that matter for writing and decoding
 * @param kafka the version of broker and worker
 * @param debezium the version of Debezium
 */
public record Circumstances(
        String date, Machine machine, String postgres, String postgresSettings, String kafka, String debezium) {

    private static final String SETTINGS = "SELECT string_agg(name || '=' || current_setting(name), ', ' ORDER BY name)"
            + " FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit', 'full_page_writes', 'shared_buffers',"
            + " 'logical_decoding_work_mem', 'max_wal_size')";

    /** The circumstances of a run in this arena, now. */
    public static Circumstances of(Arena arena) throws IOException, SQLException {
        try (Connection connection = arena.postgres().connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet settings = statement.executeQuery(SETTINGS)) {
            settings.next();
            return new Circumstances(
                    LocalDate.now(ZoneOffset.UTC).toString(),
                    Machine.here(),
                    connection.getMetaData().getDatabaseProductVersion(),
                    settings.getString(1),
                    AppInfoParser.getVersion(),
                    DebeziumRelease.here().version());
        }
    }
}
