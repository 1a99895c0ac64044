// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.tributary.config.GuardOptions;
import dev.tributary.metrics.GuardStatus;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.postgres.SlotHealth;
import dev.tributary.postgres.SlotHealthConnection;
import dev.tributary.postgres.StandbySlot;
import dev.tributary.postgres.StandbySlot.State;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real slot that is lost. */
class WalGuardIT {

    private static final int INTERVAL = 10;

    /** The clock runs with the WAL: a second for each of these, so the rate is steady on any machine. */
    private static final long BYTES_PER_SECOND = 100_000;

    @ParameterizedTest
    @ValueSource(ints = {14, 18})
    void aSlotIsLostWhenForecast(int version) throws Exception {
        // Given
        List<Alert> alerts = new ArrayList<>();
        try (PostgresServer server = PostgresServer.start(
                        version,
                        Map.of("max_slot_wal_keep_size", "96MB", "min_wal_size", "32MB", "max_wal_size", "32MB"));
                GuardStatus status = GuardStatus.open("wal-guard-it", "shop");
                SlotHealthConnection connection =
                        new SlotHealthConnection(server.target(), "shop", Duration.ofSeconds(INTERVAL))) {
            server.execute("SELECT pg_create_logical_replication_slot('shop', 'pgoutput')");
            WalGuard guard = new WalGuard(
                    new WalGuard.Watched("shop", "wal-guard-it", "shop"),
                    options(),
                    source(connection),
                    status,
                    List.of(new Alerts(alerts, () -> true)),
                    Clock.systemUTC());
            long begin = written(server);
            Map<Long, Long> lostAt = new TreeMap<>();

            // When
            long now = 0;
            while (!status.getLevel().equals("LOST")) {
                assertThat(now).as("seconds without a loss").isLessThan(3_000);
                server.execute("SELECT count(pg_logical_emit_message(false, 'x', repeat('x', 10000)))"
                        + " FROM generate_series(1, " + INTERVAL * BYTES_PER_SECOND / 10_000 + ")");
                server.execute("CHECKPOINT");
                now = (written(server) - begin) / BYTES_PER_SECOND;
                long seconds = now;
                guard.look(() -> TimeUnit.SECONDS.toNanos(seconds));
                if (status.getSecondsUntilLost() > 0) {
                    lostAt.put(now, now + status.getSecondsUntilLost());
                }
            }

            // Then
            long truth = now;
            System.out.println("Postgres " + version + ": lost at " + truth + " s, forecast: " + lostAt);
            assertThat(lostAt).hasSizeGreaterThan(20);
            assertThat(lostAt.values())
                    .allSatisfy(forecast -> assertThat(forecast).isCloseTo(truth, Percentage.withPercentage(20)));
            assertThat(alerts).extracting(Alert::level).containsExactly(Level.WARNING, Level.CRITICAL, Level.LOST);
        }
    }

    /** A role that was granted nothing but what a connector needs. */
    @ParameterizedTest
    @ValueSource(ints = {14, 16, 18})
    void aRoleWithoutGrantsSeesTheForecastOrTheGrantThatItLacks(int version) throws Exception {
        try (PostgresServer server = PostgresServer.start(version, Map.of("max_slot_wal_keep_size", "1GB"))) {
            server.execute(
                    "CREATE ROLE plain LOGIN REPLICATION PASSWORD 'plain'",
                    "SELECT pg_create_logical_replication_slot('shop', 'pgoutput')");
            try (SlotHealthConnection connection = new SlotHealthConnection(
                    server.target("postgres", "plain"), "shop", Duration.ofSeconds(INTERVAL))) {
                SlotHealth health = connection.read().orElseThrow();
                assertThat(health.limitBytes()).isEqualTo(1L << 30);
                assertThat(health.roomBytes()).isPositive();
                assertThat(health.active()).isFalse();
                assertThat(health.load().freeConnections()).isPositive();
                assertThat(connection.leads()).isTrue();

                server.execute(
                        "REVOKE SELECT ON pg_stat_database, pg_stat_activity, pg_prepared_xacts FROM PUBLIC",
                        "REVOKE SELECT ON pg_stat_replication_slots FROM PUBLIC");
                assertThat(connection.read().orElseThrow().load()).isEqualTo(new SlotHealth.Load(null, 0, 0, null));

                server.execute("REVOKE SELECT ON pg_replication_slots FROM PUBLIC");
                assertThatThrownBy(connection::read)
                        .hasMessageContaining("GRANT SELECT ON pg_catalog.pg_replication_slots TO plain");
            }
        }
    }

    @Test
    void seesWhenAnIdleSlotIsLostAndWhichStandbysAreWaitedFor() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                SlotHealthConnection connection =
                        new SlotHealthConnection(server.target(), "shop", Duration.ofSeconds(INTERVAL))) {
            server.execute(
                    "SELECT pg_create_logical_replication_slot('shop', 'pgoutput', failover => true)",
                    "SELECT pg_create_logical_replication_slot('logical', 'pgoutput')",
                    "SELECT pg_create_physical_replication_slot('standby1', true)",
                    "SELECT pg_logical_emit_message(false, 'x', repeat('x', 1000))",
                    "ALTER SYSTEM SET idle_replication_slot_timeout = '2h'",
                    "ALTER SYSTEM SET synchronized_standby_slots = 'standby1, \"standby2\", logical'",
                    "SELECT pg_reload_conf()");
            await().until(() -> !server.ask("SHOW synchronized_standby_slots").isEmpty());

            SlotHealth health = connection.read().orElseThrow();

            assertThat(health.idleLimitSeconds()).isEqualTo(7_200);
            assertThat(health.inactiveSeconds()).isNotNegative();
            assertThat(health.failover()).isTrue();
            assertThat(health.heldBytes()).isGreaterThan(1_000);
            assertThat(health.waitedFor())
                    .extracting(StandbySlot::name, StandbySlot::state)
                    .containsExactly(
                            tuple("logical", State.LOGICAL),
                            tuple("standby1", State.INACTIVE),
                            tuple("standby2", State.MISSING));
            Danger danger = Danger.of(health, new Forecast(Duration.ofSeconds(1)), options());
            assertThat(danger.isIdleFirst()).isTrue();
            assertThat(danger.level(options())).isEqualTo(Level.OK);
        }
    }

    @Test
    void onlyOneConnectionLeads() throws Exception {
        try (PostgresServer server = PostgresServer.start();
                SlotHealthConnection one = new SlotHealthConnection(server.target(), "a", Duration.ofSeconds(1));
                SlotHealthConnection two = new SlotHealthConnection(server.target(), "a", Duration.ofSeconds(1));
                SlotHealthConnection other = new SlotHealthConnection(server.target(), "b", Duration.ofSeconds(1))) {
            assertThat(one.leads()).isTrue();
            assertThat(two.leads()).isFalse();
            assertThat(other.leads()).isTrue();

            one.close();
            await().until(two::leads);
        }
    }

    private static GuardOptions options() {
        return new GuardOptions(
                true,
                Duration.ofSeconds(INTERVAL),
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                1L << 40,
                null,
                null);
    }

    private static WalGuard.Source source(SlotHealthConnection connection) {
        return new WalGuard.Source() {
            @Override
            public Optional<SlotHealth> read() throws SQLException {
                return connection.read();
            }

            @Override
            public boolean leads() {
                return true;
            }

            @Override
            public boolean isPaused() {
                return false;
            }
        };
    }

    private static long written(PostgresServer server) {
        return Long.parseLong(server.ask("SELECT pg_current_wal_lsn() - '0/0'::pg_lsn"));
    }
}
