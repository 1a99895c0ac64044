// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BaseBackupIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void aCopyOfAServerUnderLoadBecomesAConsistentStandby() throws Exception {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            PostgresServer primary = sandbox.postgres().withoutFsync().start();
            primary.execute(
                    PostgresServer.DATABASE,
                    "CREATE TABLE account AS SELECT id, 1000 AS balance FROM generate_series(0, 9999) id",
                    "SELECT pg_create_physical_replication_slot('standby', true)");
            Path data = sandbox.directory().resolve("copy");
            AtomicBoolean done = new AtomicBoolean();
            AtomicInteger rounds = new AtomicInteger();
            CompletableFuture<Void> load = CompletableFuture.runAsync(() -> transfer(primary, rounds, done));
            await("the load").atMost(LIMIT).until(() -> rounds.get() > 0);

            // When
            BaseBackup.copy(primary, data);
            PostgresServer standby = sandbox.postgres()
                    .withoutFsync()
                    .dataDirectory(data)
                    .setting("primary_slot_name", "standby")
                    .setting("primary_conninfo", "host=127.0.0.1 port=" + primary.port() + " user=postgres")
                    .start();

            // Then
            assertThat(value(standby, "SELECT pg_is_in_recovery()")).isEqualTo("t");
            assertThat(value(standby, "SELECT sum(balance) FROM account")).isEqualTo("10000000");

            // When
            done.set(true);
            load.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            String written = value(primary, "SELECT pg_current_wal_lsn()");

            // Then
            await("the standby")
                    .atMost(LIMIT)
                    .until(() -> value(standby, "SELECT pg_last_wal_replay_lsn() >= '" + written + "'")
                            .equals("t"));
            String all = "SELECT md5(string_agg(id || ':' || balance, ',' ORDER BY id)) FROM account";
            assertThat(value(standby, all)).isEqualTo(value(primary, all));
        }
    }

    @Test
    void aServerWithATablespaceIsNotCopied() throws Exception {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            PostgresServer primary = sandbox.postgres().withoutFsync().start();
            Path elsewhere = Files.createDirectory(sandbox.directory().resolve("elsewhere"));
            PostgresAccount.HERE.own(elsewhere);
            primary.execute(PostgresServer.DATABASE, "CREATE TABLESPACE elsewhere LOCATION '" + elsewhere + "'");
            Path data = sandbox.directory().resolve("copy");

            // When, Then
            assertThatThrownBy(() -> BaseBackup.copy(primary, data))
                    .isInstanceOf(SandboxException.class)
                    .hasMessageContaining("has tablespaces outside it")
                    .hasMessageContaining(elsewhere.toString());
        }
    }

    /** Moves money, whose sum is constant, and creates and drops files. */
    private static void transfer(PostgresServer primary, AtomicInteger rounds, AtomicBoolean done) {
        try {
            while (!done.get()) {
                primary.execute(
                        PostgresServer.DATABASE,
                        "WITH paid AS (UPDATE account SET balance = balance - 1 WHERE id % 2 = 0 AND random() < 0.1"
                                + " RETURNING id) UPDATE account SET balance = balance + 1"
                                + " WHERE id IN (SELECT id + 1 FROM paid)",
                        "CREATE TABLE passing AS SELECT * FROM account",
                        "DROP TABLE passing");
                rounds.incrementAndGet();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String value(PostgresServer server, String query) throws SQLException {
        try (Connection connection = server.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
