// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

/**
 * The settings that each session of the connector makes first. A database or a role may have other ones ({@code ALTER
 * ROLE … SET}), made for an application: they would end a session that waits for Kafka, or change what it reads.
 */
public final class SessionSettings {

    /**
     * One SQL statement without a semicolon. It changes only settings that the server knows:
     * {@code transaction_timeout} is new in Postgres 17.
     *
     * <p>Without {@code enable_tidscan} the server would read the whole table for each range of blocks.
     */
    public static final String SQL = """
            SELECT pg_catalog.set_config(s.name, v.value, false) \
            FROM (VALUES ('statement_timeout', '0'), ('transaction_timeout', '0'), ('lock_timeout', '0'), \
            ('idle_in_transaction_session_timeout', '0'), ('idle_session_timeout', '0'), \
            ('default_transaction_isolation', 'read committed'), ('default_transaction_deferrable', 'off'), \
            ('quote_all_identifiers', 'off'), ('enable_tidscan', 'on')) AS v (name, value) \
            JOIN pg_catalog.pg_settings s ON s.name = v.name\
            """;

    /**
     * For the session that streams, in addition: a role's {@code wal_sender_timeout} that is shorter than Postgres's
     * default would end it between two status messages. That of the server stays.
     */
    public static final String STREAMING = SQL + """
            ; SELECT pg_catalog.set_config(name, '60s', false) FROM pg_catalog.pg_settings \
            WHERE name = 'wal_sender_timeout' AND setting::bigint BETWEEN 1 AND 59999 \
            AND source IN ('user', 'database', 'database user')\
            """;

    private SessionSettings() {}
}
