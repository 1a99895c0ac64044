// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the {@link Server}. */
final class ServerQuery {

    private static final String SQL = """
            SELECT current_setting('server_version_num')::int AS version_number,
                   current_setting('server_version') AS version,
                   %s AS system_identifier,
                   current_database() AS database,
                   current_setting('server_encoding') AS encoding,
                   pg_is_in_recovery() AS in_recovery,
                   current_setting('hot_standby_feedback')::bool AS hot_standby_feedback,
                   current_setting('wal_level') AS wal_level,
                   current_setting('max_replication_slots')::int AS max_replication_slots,
                   (SELECT count(*) FROM pg_replication_slots) AS replication_slots,
                   current_setting('max_wal_senders')::int AS max_wal_senders,
                   (SELECT count(*) FROM pg_stat_replication) AS wal_senders,
                   (SELECT nullif(setting::bigint, -1) * 1024 * 1024 FROM pg_settings
                     WHERE name = 'max_slot_wal_keep_size') AS max_slot_wal_keep_size,
                   current_setting('max_locks_per_transaction')::bigint
                     * (current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int)
                     AS lock_room,
                   current_setting('max_locks_per_transaction')::int AS max_locks_per_transaction,
                   CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
                     AS wal_position,
                   %s AS wal_rate,
                   (SELECT min(rolname) FROM pg_roles
                     WHERE rolname IN ('rds_superuser', 'cloudsqlsuperuser', 'alloydbsuperuser', 'azure_pg_admin'))
                     AS provider_role
            """;

    private static final String MAY_IDENTIFY = "SELECT has_function_privilege('pg_control_system()', 'EXECUTE')";
    private static final String IDENTIFIER = "(SELECT system_identifier FROM pg_control_system())";

    /** The view exists since Postgres 14. Statistics of less than a minute are not used. */
    private static final String COUNTS_WAL = "SELECT to_regclass('pg_catalog.pg_stat_wal') IS NOT NULL";

    private static final String WAL_RATE = "(SELECT (wal_bytes / extract(epoch FROM now() - stats_reset))::bigint"
            + " FROM pg_stat_wal WHERE stats_reset < now() - interval '1 minute')";

    private ServerQuery() {}

    /**
     * Checks privileges first: a hardened server denies access to its control data, which would fail the whole query.
     */
    static Server read(Connection connection) throws SQLException {
        var sql = SQL.formatted(
                is(connection, MAY_IDENTIFY) ? IDENTIFIER : "NULL::bigint",
                is(connection, COUNTS_WAL) ? WAL_RATE : "NULL::bigint");
        return Database.rows(connection, sql, ServerQuery::server).get(0);
    }

    private static boolean is(Connection connection, String question) throws SQLException {
        return Database.rows(connection, question, row -> row.getBoolean(1)).get(0);
    }

    private static Server server(ResultSet row) throws SQLException {
        var providerRole = row.getString("provider_role");
        return new Server(
                row.getInt("version_number"),
                row.getString("version"),
                Columns.longOrNull(row, "system_identifier"),
                row.getString("database"),
                row.getString("encoding"),
                row.getBoolean("in_recovery"),
                row.getBoolean("hot_standby_feedback"),
                row.getString("wal_level"),
                row.getInt("max_replication_slots"),
                row.getInt("replication_slots"),
                row.getInt("max_wal_senders"),
                row.getInt("wal_senders"),
                Columns.longOrNull(row, "max_slot_wal_keep_size"),
                row.getLong("lock_room"),
                row.getInt("max_locks_per_transaction"),
                Columns.lsn(row, "wal_position"),
                Columns.longOrNull(row, "wal_rate"),
                providerRole == null ? Provider.SELF_MANAGED : provider(providerRole));
    }

    private static Provider provider(String role) {
        return switch (role) {
            case "rds_superuser" -> Provider.AMAZON_RDS;
            case "azure_pg_admin" -> Provider.AZURE;
            default -> Provider.GOOGLE_CLOUD;
        };
    }
}
