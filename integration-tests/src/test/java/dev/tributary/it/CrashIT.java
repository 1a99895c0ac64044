// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.PostgresServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** A server is killed under load. The connector recovers without manual steps, loses nothing, and keeps the order. */
class CrashIT {

    private static final int FAILED_ATTEMPTS = 3;

    private final Servers servers = Servers.shared();

    @Test
    void theTaskWaitsForPostgresToRecoverFromACrash() throws Exception {
        // Given
        try (PostgresServer postgres = servers.newPostgres().start()) {
            TestDatabase database = Servers.database(postgres);
            Traffic.prepare(database);
            try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.versioned");
                    Topics topics = new Topics(servers, connector);
                    Jmx jmx = new Jmx(servers.worker())) {
                ObjectName task = Jmx.task(connector);
                connector.start();
                topics.await(1);
                try (Traffic traffic = Traffic.start(database)) {
                    Delivery delivery = new Delivery(traffic, topics);
                    delivery.awaitProgress();

                    // When
                    delivery.awaitWritten();
                    postgres.kill();
                    await("failed attempts of the task")
                            .until(() -> jmx.number(task, "FailuresInARow") >= FAILED_ATTEMPTS);
                    assertThat(jmx.read(task, "State")).isEqualTo("WAITING");
                    assertThat((String) jmx.read(task, "FailureKind")).isEqualTo("CONNECTION_LOST");
                    assertThat((String) jmx.read(task, "WaitingFor")).contains("127.0.0.1:" + postgres.port());
                    postgres.start();

                    // Then
                    delivery.awaitProgress();
                    delivery.finish();
                    assertThat(jmx.read(task, "State")).isEqualTo("RUNNING");
                }
            }
        }
    }

    @Test
    void aWorkerThatCrashedResumesWhenItIsBack() throws Exception {
        // Given
        TestDatabase database = servers.database();
        Traffic.prepare(database);
        try (ConnectWorker worker = servers.worker("crashing").start();
                TestConnector connector = new TestConnector(worker.rest(), database).tables("public.versioned");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            topics.await(1);
            try (Traffic traffic = Traffic.start(database)) {
                Delivery delivery = new Delivery(traffic, topics);
                delivery.awaitProgress();

                // When
                delivery.awaitWritten();
                worker.kill();
                delivery.awaitWritten();
                worker.start();

                // Then
                delivery.awaitProgress();
                delivery.finish();
            }
        }
    }
}
