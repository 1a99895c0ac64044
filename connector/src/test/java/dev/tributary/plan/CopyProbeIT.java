// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tributary.postgres.PostgresServer.TestDatabase;
import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TestServer;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CopyProbeIT {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.with("CREATE ROLE reader LOGIN PASSWORD 'reader'");

    private final TestDatabase database = SERVER.newDatabase();

    @Test
    void aSmallTableIsReadToItsEnd() throws SQLException {
        // Given
        database.execute(
                "CREATE TABLE orders (id int PRIMARY KEY)",
                "INSERT INTO orders SELECT i FROM generate_series(10, 99) AS i");

        // When
        Probe probe =
                CopyProbe.of(database.target("postgres"), new TableName("public", "orders"), "SELECT * FROM orders");

        // Then
        assertThat(probe.whole()).isTrue();
        assertThat(probe.rows()).isEqualTo(90);
        assertThat(probe.bytes()).isEqualTo(90 * 3);
    }

    /** The view would take 1000 s. */
    @Test
    void theServerEndsALongCopy() throws SQLException {
        // Given
        database.execute(
                "CREATE VIEW slow AS SELECT i, pg_sleep(0.1)::text AS slept FROM generate_series(1, 10000) AS i");

        // When
        Probe probe = CopyProbe.of(database.target("postgres"), new TableName("public", "slow"), "SELECT * FROM slow");

        // Then
        assertThat(probe.whole()).isFalse();
        assertThat(probe.rows()).isBetween(1L, 9_999L);
        assertThat(probe.bytes()).isPositive();
    }

    @Test
    void aTableThatTheRoleMayNotReadIsReported() {
        // Given
        database.execute("CREATE TABLE orders (id int PRIMARY KEY)");

        // Then
        assertThatThrownBy(() -> CopyProbe.of(
                        database.target("reader"), new TableName("public", "orders"), "SELECT * FROM orders"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }
}
