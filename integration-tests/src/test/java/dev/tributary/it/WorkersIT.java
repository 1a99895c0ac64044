// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import org.junit.jupiter.api.Test;

/** Changes that are made while workers stop, start and crash. */
class WorkersIT {

    private final Servers servers = Servers.shared();

    @Test
    void aWorkerThatIsRestartedResumesWhereItStopped() throws Exception {
        // Given
        TestDatabase database = servers.database();
        Traffic.prepare(database);
        try (ConnectWorker worker = servers.worker("restarted").start();
                TestConnector connector = new TestConnector(worker.rest(), database).tables("public.versioned");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            topics.await(1);

            try (Traffic traffic = Traffic.start(database)) {
                Delivery delivery = new Delivery(traffic, topics);
                delivery.awaitProgress();

                // When
                worker.stop();
                delivery.awaitWritten();
                worker.start();
                delivery.awaitProgress();

                // Then
                delivery.finish();
            }
        }
    }

    @Test
    void theTaskOfAKilledWorkerMovesToTheOneThatJoined() throws Exception {
        // Given
        TestDatabase database = servers.database();
        Traffic.prepare(database);
        try (ConnectWorker first = servers.worker("pair").start();
                Topics topics = new Topics(servers, database)) {
            TestConnector connector = new TestConnector(first.rest(), database)
                    .tables("public.versioned")
                    .start();
            topics.await(1);
            try (ConnectWorker second = servers.worker("pair").start();
                    Traffic traffic = Traffic.start(database)) {
                Delivery delivery = new Delivery(traffic, topics);
                delivery.awaitProgress();
                ConnectWorker owner = owns(connector, first) ? first : second;
                ConnectWorker successor = owner == first ? second : first;

                // When
                owner.kill();

                // Then
                try (TestConnector moved = new TestConnector(successor.rest(), database)) {
                    await("the task on " + successor).until(() -> owns(moved, successor) && runs(moved));
                    delivery.awaitProgress();
                    delivery.finish();
                }
            }
        }
    }

    private static boolean runs(TestConnector connector) {
        return connector.taskState().equals("RUNNING");
    }

    private static boolean owns(TestConnector connector, ConnectWorker worker) {
        String owner = connector
                .rest()
                .status(connector.name())
                .path("tasks")
                .path(0)
                .path("worker_id")
                .asText();
        return worker.restUrl().getAuthority().equals(owner);
    }
}
