// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.ReplicatedPostgres;
import javax.management.ObjectName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The guard watches a slot on a standby that streams from its primary. */
class StandbyGuardIT {

    private static final long LIMIT = 64 << 20;

    private final Servers servers = Servers.shared();

    @ParameterizedTest
    @ValueSource(ints = {16, 18})
    void theSlotOfAConnectorThatReadsAStandbyIsForecast(int version) throws Exception {
        try (ReplicatedPostgres postgres = servers.sandbox()
                        .replicatedPostgres()
                        .version(version)
                        .withoutFsync()
                        .setting("max_slot_wal_keep_size", "64MB")
                        .start();
                ConnectWorker worker =
                        servers.worker("standby-guard-" + version).jmx().start()) {
            // Given
            postgres.execute(
                    "CREATE TABLE item (id serial PRIMARY KEY, note text)", "CREATE PUBLICATION items FOR ALL TABLES");
            TestDatabase standby =
                    new TestDatabase(postgres.synchronousStandby().orElseThrow(), postgres.database());
            try (TestConnector connector = new TestConnector(worker.rest(), standby, "standby_guard_" + version)
                            .with("publication.name", "items")
                            .with("publication.autocreate.mode", "disabled")
                            .with("snapshot.mode", "no_data")
                            .with("read.only", "true")
                            .with("wal.guard.interval.ms", "200")
                            .put();
                    Jmx jmx = new Jmx(worker)) {
                ObjectName guard =
                        new ObjectName("dev.tributary:type=guard,server=" + ObjectName.quote(connector.name()));

                // When
                await("a slot that is read").until(() -> {
                    postgres.execute("SELECT pg_log_standby_snapshot()");
                    return jmx.exists(guard) && jmx.read(guard, "Active").equals(true);
                });
                worker.rest().awaitRunning(connector.name(), WaitLimit.LIMIT);

                // Then
                assertThat(jmx.read(guard, "Level"))
                        .as("%s", jmx.read(guard, "Message"))
                        .isEqualTo("OK");
                assertThat(jmx.number(guard, "LimitBytes")).isEqualTo(LIMIT);
                assertThat(jmx.number(guard, "SafeWalBytes")).isPositive();
                assertThat(jmx.number(guard, "RetainedBytes")).isNotNegative();
                assertThat(jmx.read(guard, "Failover")).isEqualTo(false);
                assertThat(jmx.number(guard, "HeldBytes")).isEqualTo(-1);

                // When: nothing reads, and the primary writes
                worker.rest().stop(connector.name());
                await("stopped").until(() -> connector.connectorState().equals("STOPPED"));

                // Then
                await("a forecast").until(() -> {
                    write(postgres);
                    return jmx.read(guard, "Level").equals("CRITICAL") && jmx.number(guard, "SecondsUntilLost") >= 0;
                });
                assertThat(jmx.number(guard, "WrittenBytesPerSecond")).isPositive();
                assertThat(jmx.read(guard, "Active")).isEqualTo(false);

                // When: each restartpoint of the standby removes what is beyond the limit
                await("lost").until(() -> {
                    write(postgres);
                    postgres.execute("CHECKPOINT");
                    standby.execute("CHECKPOINT");
                    return jmx.read(guard, "Level").equals("LOST");
                });
            }
        }
    }

    private static void write(ReplicatedPostgres postgres) throws Exception {
        postgres.execute("INSERT INTO item (note) SELECT string_agg(md5(random()::text), '')"
                + " FROM generate_series(1, 100) AS row, generate_series(1, 300) GROUP BY row");
    }
}
