// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * With a worker that writes records and offsets in one transaction, each change arrives exactly once, even if the
 * worker is killed, or the connection to Postgres breaks while a transaction is open; and if the connector defines the
 * boundaries, no transaction of the database is torn. {@code -Dkills=5} for more kills.
 */
class ExactlyOnceIT {

    private static final int KILLS = Integer.getInteger("kills", 1);

    private static final int BREAKS = 3;

    private final Servers servers = Servers.shared();

    @Test
    void eachChangeArrivesExactlyOnceEvenIfTheWorkerIsKilled() throws Exception {
        // Given
        try (ConnectWorker worker = servers.worker("exactly-once")
                        .property("exactly.once.source.support", "enabled")
                        .start();
                Case poll = new Case(worker, "poll");
                Case interval = new Case(worker, "interval");
                Case connector = new Case(worker, "connector")) {
            List<Case> cases = List.of(poll, interval, connector);
            cases.forEach(each -> each.delivery.awaitProgress());

            // When
            for (int i = 0; i < KILLS; i++) {
                cases.forEach(each -> each.delivery.awaitWritten());
                worker.kill();
                connector.awaitWholeTransactions();
                cases.forEach(each -> each.delivery.awaitWritten());
                worker.start();
                cases.forEach(each -> each.delivery.awaitProgress());
            }

            for (int i = 0; i < BREAKS; i++) {
                for (Case each : cases) {
                    each.breakConnection();
                }
                cases.forEach(each -> each.delivery.awaitProgress());
            }

            // A pause finds no transaction open that would expire.
            worker.rest().pause(connector.connector.name());
            await("paused").until(() -> connector.connector.taskState().equals("PAUSED"));
            connector.delivery.awaitWritten();
            connector.awaitWholeTransactions();
            worker.rest().resume(connector.connector.name());
            connector.delivery.awaitProgress();

            // Then
            cases.forEach(each -> each.traffic.stop());
            cases.forEach(Case::verify);
        }
    }

    /** A connector with a transaction boundary, and the changes that it delivers. */
    private final class Case implements AutoCloseable {

        private final String boundary;
        private final TestDatabase database;
        private final TestConnector connector;
        private final Topics topics;
        private final Traffic traffic;
        private final Delivery delivery;

        Case(ConnectWorker worker, String boundary) throws SQLException {
            this.boundary = boundary;
            database = servers.database();
            Traffic.prepare(database);
            connector = new TestConnector(worker.rest(), database)
                    .tables("public.versioned")
                    .with("exactly.once.support", "required")
                    .with("transaction.boundary", boundary)
                    .with("transaction.boundary.interval.ms", "300")
                    .start();
            topics = new Topics(servers, connector);
            topics.await(1);
            traffic = Traffic.start(database);
            delivery = new Delivery(traffic, topics);
        }

        /** With an interval, records that are not committed yet have been sent before. */
        void breakConnection() {
            await("connection broken")
                    .until(() -> "1"
                            .equals(database.query("SELECT count(pg_terminate_backend(active_pid))"
                                    + " FROM pg_replication_slots WHERE slot_name = '" + connector.name()
                                    + "' AND active")));
        }

        /** Waits until all records that are committed are those of whole transactions of the database. */
        void awaitWholeTransactions() {
            await("whole transactions").until(() -> {
                topics.readAvailable();
                Map<Long, Set<Long>> versions = new HashMap<>();
                topics.changes().stream()
                        .filter(change -> !change.op().equals("r"))
                        .map(change -> change.after().path("version").asLong())
                        .forEach(version -> versions.computeIfAbsent(
                                        (version - 1) / Traffic.CHANGES_PER_TRANSACTION, any -> new HashSet<>())
                                .add(version));
                return versions.values().stream().allMatch(each -> each.size() == Traffic.CHANGES_PER_TRANSACTION);
            });
        }

        void verify() {
            delivery.finish();
            topics.readAvailable();
            List<Long> versions = topics.changes().stream()
                    .map(change -> change.after().path("version").asLong())
                    .toList();
            assertThat(versions)
                    .as("versions with transaction.boundary=%s", boundary)
                    .doesNotHaveDuplicates();
            System.out.println("ExactlyOnceIT: " + versions.size() + " changes, " + KILLS + " kills, " + boundary);
        }

        @Override
        public void close() {
            traffic.close();
            topics.close();
            connector.close();
        }
    }
}
