// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.tributary.position.Lsn;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReplicatedPostgresIT {

    private static final Duration LIMIT = Duration.ofMinutes(2);

    @Test
    void theSynchronousStandbyTakesOverAgainAndAgainWithAllCommitsAndTheSlot() throws SQLException {
        try (Sandbox sandbox = Sandbox.open();
                ReplicatedPostgres postgres = sandbox.replicatedPostgres()
                        .withoutFsync()
                        .database("shop")
                        .start()) {
            // Given
            PostgresServer first = postgres.primary();
            postgres.execute(
                    "CREATE TABLE item (id int PRIMARY KEY)",
                    "SELECT pg_create_logical_replication_slot('kept', 'pgoutput', false, false, true)");
            List<Failover> failovers = new ArrayList<>();

            for (int round = 1; round <= 2; round++) {
                PostgresServer standby = postgres.synchronousStandby().orElseThrow();
                awaitSlot(postgres, standby);
                insert(postgres, round * 100, 100);

                // When
                failovers.add(postgres.failOver(ReplicatedPostgres.Target.SYNCHRONOUS));

                // Then
                assertThat(postgres.primary()).isSameAs(standby);
                assertThat(value(postgres, "SELECT count(*) FROM item")).isEqualTo(Integer.toString(round * 100));
                assertThat(value(postgres, "SELECT count(*) FROM pg_replication_slots WHERE slot_name = 'kept'"))
                        .isEqualTo("1");
                assertThat(throughTheConnectorLink(postgres)).isEqualTo(standby.port());

                // When
                postgres.rebuild();

                // Then
                assertThat(postgres.synchronousStandby()).isPresent();
                assertThat(postgres.laggingStandby()).isPresent();
                assertThat(value(postgres, "SHOW synchronized_standby_slots")).isEqualTo("synchronous");
            }
            assertThat(failovers.stream().map(Failover::timeline)).containsExactly(2, 3);
            assertThat(failovers.get(0).former()).isSameAs(first);
            assertThat(failovers.get(1).forkLsn())
                    .isGreaterThan(failovers.get(0).forkLsn());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 18})
    void whatTheLaggingStandbyDidNotReceiveIsAfterTheForkAndOnTheFormerPrimaryOnly(int version) throws SQLException {
        try (Sandbox sandbox = Sandbox.open();
                ReplicatedPostgres postgres = sandbox.replicatedPostgres()
                        .version(version)
                        .withoutFsync()
                        .start()) {
            // Given
            postgres.execute("CREATE TABLE item (id int PRIMARY KEY)");
            insert(postgres, 0, 10);
            postgres.catchUp();
            postgres.lag();
            Lsn before = Lsn.parse(value(postgres, "SELECT pg_current_wal_lsn()"));
            insert(postgres, 10, 10);

            // When
            Failover failover = postgres.failOver(ReplicatedPostgres.Target.LAGGING);

            // Then
            assertThat(value(postgres, "SELECT count(*) FROM item")).isEqualTo("10");
            assertThat(failover.forkLsn()).isLessThanOrEqualTo(before);

            // When
            PostgresServer former = postgres.startFormer();

            // Then
            former.execute(PostgresServer.DATABASE, "INSERT INTO item VALUES (-1)");
            assertThat(value(
                            former.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE),
                            "SELECT count(*) FROM item"))
                    .isEqualTo("21");
            assertThat(throughTheConnectorLink(postgres)).isNotEqualTo(former.port());

            // When
            postgres.rebuild();
            insert(postgres, 10, 5);
            postgres.catchUp();

            // Then
            assertThat(former.isRunning()).isFalse();
            for (PostgresServer standby : List.of(
                    postgres.synchronousStandby().orElseThrow(),
                    postgres.laggingStandby().orElseThrow())) {
                assertThat(value(
                                standby.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE),
                                "SELECT count(*) FROM item"))
                        .isEqualTo("15");
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = ReplicatedPostgres.OldPrimary.class,
            names = {"FROZEN", "CUT_OFF"})
    void anOldPrimaryThatIsStillThereIsReadAndItsDirectoryUsedAgain(ReplicatedPostgres.OldPrimary fate)
            throws SQLException {
        try (Sandbox sandbox = Sandbox.open()) {
            // Given
            Path disk = sandbox.directory().resolve("disk");
            try (ReplicatedPostgres postgres = sandbox.replicatedPostgres()
                    .withoutFsync()
                    .dataDirectory(disk)
                    .start()) {
                postgres.execute("CREATE TABLE item (id int PRIMARY KEY)");
                insert(postgres, 0, 10);

                // When
                Failover failover = postgres.failOver(ReplicatedPostgres.Target.SYNCHRONOUS, fate);

                // Then
                assertThat(failover.former().isRunning()).isTrue();
                insert(postgres, 10, 10);
                assertThat(value(
                                postgres.startFormer().connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE),
                                "SELECT count(*) FROM item"))
                        .isEqualTo("10");

                // When
                postgres.rebuild();

                // Then
                assertThat(postgres.synchronousStandby().map(PostgresServer::dataDirectory))
                        .contains(disk);
                assertThatThrownBy(postgres::startFormer)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessage("there is no former primary");
            }
        }
    }

    @Test
    void aStandbyThatWasKilledIsMadeAgainWhileCommitsWaitForIt() throws Exception {
        try (Sandbox sandbox = Sandbox.open();
                ReplicatedPostgres postgres =
                        sandbox.replicatedPostgres().withoutFsync().start()) {
            // Given
            postgres.execute("CREATE TABLE item (id int PRIMARY KEY)");
            PostgresServer lagging = postgres.laggingStandby().orElseThrow();
            PostgresServer killed = postgres.synchronousStandby().orElseThrow();
            killed.kill();
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> insertUnchecked(postgres));
            await("the commit that waits")
                    .atMost(LIMIT)
                    .until(() -> value(postgres, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
                            .equals("1"));

            // When
            postgres.rebuild();

            // Then
            writer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
            assertThat(value(postgres, "SELECT count(*) FROM item")).isEqualTo("1");
            assertThat(postgres.laggingStandby()).containsSame(lagging);
            assertThat(postgres.synchronousStandby()).isPresent().get().isNotSameAs(killed);
        }
    }

    /** A slot is kept on a standby once the primary's has passed what the standby has. */
    private static void awaitSlot(ReplicatedPostgres postgres, PostgresServer standby) {
        await("the slot on the standby").atMost(LIMIT).until(() -> {
            postgres.execute(
                    "SELECT pg_log_standby_snapshot()",
                    "SELECT pg_replication_slot_advance('kept', pg_current_wal_lsn())");
            return value(
                            standby.connect(PostgresServer.SUPERUSER, PostgresServer.DATABASE),
                            "SELECT synced AND NOT temporary FROM pg_replication_slots WHERE slot_name = 'kept'")
                    .equals("t");
        });
    }

    private static void insert(ReplicatedPostgres postgres, int first, int rows) throws SQLException {
        postgres.execute("INSERT INTO item SELECT generate_series(" + first + ", " + (first + rows - 1) + ")");
    }

    private static void insertUnchecked(ReplicatedPostgres postgres) {
        try {
            insert(postgres, 0, 1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static int throughTheConnectorLink(ReplicatedPostgres postgres) throws SQLException {
        String url = "jdbc:postgresql://127.0.0.1:" + postgres.connectorLink().port() + "/" + postgres.database();
        return Integer.parseInt(
                value(DriverManager.getConnection(url, PostgresServer.SUPERUSER, ""), "SELECT inet_server_port()"));
    }

    private static String value(ReplicatedPostgres postgres, String query) throws SQLException {
        return value(postgres.connect(), query);
    }

    /** The first value, or an empty text if there is none. Closes the connection. */
    private static String value(Connection connection, String query) throws SQLException {
        try (connection;
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next() ? rows.getString(1) : "";
        }
    }
}
