// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Timeouts that database or role set for an application do not end our sessions. */
class SessionLimitsIT {

    private static final String OURS = " FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name ~ '^(Tributary|Debezium)'";

    /** The sessions that last; others only look something up, and the snapshot's end when the stream begins. */
    private static final String SNAPSHOT = " AND (state = 'idle in transaction' OR query ~ 'COPY')";

    private static final String STREAM = " AND query LIKE 'START_REPLICATION%'";

    private static PostgresServer server;

    @BeforeAll
    static void start() throws Exception {
        server = Wal.server();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void snapshotAndStreamSurviveTheTimeoutsOfTheDatabase() throws Exception {
        try (SnapshotScenario scenario = SnapshotScenario.of(server, SnapshotScenario.table("z_later", 500))
                .withSlotBefore()) {
            // Given: sessions of the test that do not have the settings
            scenario.run("watching", "SELECT 1");
            scenario.run("writing", "SELECT 1");
            scenario.run("marking", "SELECT 1");
            for (String setting : new String[] {
                "transaction_timeout = '1s'",
                "statement_timeout = '1s'",
                "idle_in_transaction_session_timeout = '1s'",
                "idle_session_timeout = '1s'",
                "lock_timeout = '1ms'",
                "wal_sender_timeout = '1s'",
                "default_transaction_isolation = 'serializable'",
                "default_transaction_deferrable = on",
                "quote_all_identifiers = on"
            }) {
                scenario.run(
                        "watching",
                        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET " + setting.replace("'", "''")
                                + "', current_database()); END $$");
            }

            // When: the snapshot waits for Kafka for longer than any of them
            scenario.start();
            scenario.pollSome(1_000);
            List<String> readers = sessions(scenario, SNAPSHOT);
            awaitAge(scenario, readers);

            // Then
            assertThat(sessions(scenario, SNAPSHOT)).containsAll(readers);
            scenario.pollUntilSnapshotEnds();
            assertThat(scenario.rebuilt().read("a_long_one")).hasSize(SnapshotScenario.ROWS);
            assertThat(scenario.rebuilt().read("z_later")).hasSize(500);

            // When: the stream waits for Kafka
            scenario.run("writing", "UPDATE a_long_one SET v = v || 'x'");
            scenario.awaitTrue("SELECT EXISTS (SELECT" + OURS + STREAM + ")");
            List<String> stream = sessions(scenario, STREAM);
            awaitAge(scenario, stream);
            scenario.pollToTheEnd();

            // Then
            assertThat(sessions(scenario, STREAM)).containsAll(stream);
            scenario.assertRebuilt("z_later");
        }
    }

    /** Waits until sessions are older than the timeouts, or have ended. */
    private static void awaitAge(SnapshotScenario scenario, List<String> sessions) {
        scenario.awaitTrue("SELECT coalesce(min(clock_timestamp() - backend_start) > interval '3 s', true)" + OURS
                + " AND pid IN (" + String.join(", ", sessions) + ")");
    }

    private static List<String> sessions(SnapshotScenario scenario, String which) {
        return List.of(scenario.ask("watching", "SELECT string_agg(pid::text, ',')" + OURS + which)
                .split(","));
    }
}
