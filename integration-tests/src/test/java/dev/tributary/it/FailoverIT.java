// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.BaseBackup;
import dev.tributary.sandbox.PostgresServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A primary is killed under load, and a standby with a synchronized slot takes over. */
class FailoverIT {

    private static final String SLOT = "failing_over";

    private final Servers servers = Servers.shared();

    @Test
    void theConnectorResumesOnThePromotedStandby() throws Exception {
        // Given
        try (PostgresServer primary = servers.newPostgres()
                // Its data directory is copied.
                .asProcess()
                .setting("synchronized_standby_slots", "standby")
                .setting("wal_receiver_status_interval", "1")
                .start()) {
            TestDatabase database = Servers.database(primary);
            database.execute(
                    "CREATE TABLE item (id int PRIMARY KEY)",
                    "SELECT pg_create_physical_replication_slot('standby', true)");
            try (PostgresServer standby = standbyOf(primary, database.name())) {
                TestConnector connector = connector(database).start();
                try (Topics topics = new Topics(servers, connector);
                        Inserts inserts = new Inserts(database)) {
                    topics.await("item", 200);
                    TestDatabase promoted = new TestDatabase(standby, database.name());
                    await("the slot on the standby")
                            .untilAsserted(() -> assertThat(promoted.query(
                                            "SELECT synced AND NOT temporary AND failover FROM pg_replication_slots"
                                                    + " WHERE slot_name = '" + SLOT + "'"))
                                    .isEqualTo("t"));
                    topics.await("item", topics.of("item").size() + 200);

                    // When
                    primary.kill();
                    inserts.stop();
                    promoted.execute("SELECT pg_promote()");
                    try (TestConnector moved = connector(promoted)) {
                        moved.startAgain();
                        promoted.execute("INSERT INTO item VALUES (-1)");

                        // Then
                        topics.await(
                                "row of the new primary", seen -> ids(topics).contains(-1));
                        topics.readAvailable();
                        assertThat(ids(topics)).isEqualTo(rows(promoted));
                        System.out.println("FailoverIT: " + rows(promoted).size() + " rows, "
                                + topics.of("item").size() + " records, " + inserts.committed() + " commits before");
                    }
                }
            }
        }
    }

    private TestConnector connector(TestDatabase database) {
        return new TestConnector(servers.rest(), database)
                .tables("public.item")
                .with("slot.name", SLOT)
                .with("slot.failover", "true");
    }

    private PostgresServer standbyOf(PostgresServer primary, String database) throws Exception {
        Path data = Files.createTempDirectory(servers.sandbox().directory(), "standby-");
        BaseBackup.copy(primary, data);
        return servers.newPostgres()
                .asProcess()
                .dataDirectory(data)
                .setting("hot_standby_feedback", "on")
                .setting("sync_replication_slots", "on")
                .setting("primary_slot_name", "standby")
                .setting("wal_receiver_status_interval", "1")
                .setting(
                        "primary_conninfo",
                        "host=127.0.0.1 port=" + primary.port() + " user=" + PostgresServer.SUPERUSER + " dbname="
                                + database)
                .start();
    }

    private static Set<Integer> ids(Topics topics) {
        Set<Integer> ids = new TreeSet<>();
        topics.of("item").forEach(change -> ids.add(change.key().path("id").asInt()));
        return ids;
    }

    private static Set<Integer> rows(TestDatabase database) throws SQLException {
        Set<Integer> ids = new TreeSet<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id FROM item")) {
            while (rows.next()) {
                ids.add(rows.getInt(1));
            }
        }
        return ids;
    }

    /** Inserts rows until the server is killed. */
    private static final class Inserts implements AutoCloseable {

        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        private final AtomicInteger committed = new AtomicInteger();
        private final Connection connection;
        private final ScheduledFuture<?> inserting;

        Inserts(TestDatabase database) throws SQLException {
            connection = database.connect();
            inserting = thread.scheduleWithFixedDelay(this::insert, 0, 2, TimeUnit.MILLISECONDS);
        }

        private void insert() {
            try (Statement statement = connection.createStatement()) {
                statement.execute("INSERT INTO item VALUES (" + (committed.get() + 1) + ")");
                committed.incrementAndGet();
            } catch (SQLException e) {
                thread.shutdown();
            }
        }

        int committed() {
            return committed.get();
        }

        void stop() throws InterruptedException {
            inserting.cancel(false);
            thread.shutdown();
            assertThat(thread.awaitTermination(WaitLimit.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
