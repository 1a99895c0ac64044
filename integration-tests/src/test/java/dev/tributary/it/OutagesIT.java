// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.KafkaBroker;
import dev.tributary.sandbox.PostgresServer;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A server that the connector depends on goes away under load and comes back. The connector recovers without manual
 * steps, loses nothing, and keeps the order. {@code -Doutage.seconds=30} for longer outages.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutagesIT {

    private static final Duration OUTAGE = Duration.ofSeconds(Long.getLong("outage.seconds", 2));

    private final Servers servers = Servers.shared();

    /** A broker that tests may stop, and the worker that needs it. */
    private final KafkaBroker broker = servers.newBroker().start();

    private final ConnectWorker worker = servers.newWorker(broker)
            .group("outages")
            .property("offset.flush.interval.ms", "1000")
            .start();

    @AfterAll
    void stop() {
        worker.close();
        broker.close();
    }

    @Test
    void theTaskWaitsForAStoppedBroker() throws Exception {
        // Given
        TestDatabase database = servers.database();
        Traffic.prepare(database);
        try (TestConnector connector = new TestConnector(worker.rest(), database).tables("public.versioned");
                Topics topics = new Topics(broker.bootstrapServers(), connector.name() + ".")) {
            connector.start();
            topics.await(1);
            try (Traffic traffic = Traffic.start(database)) {
                Delivery delivery = new Delivery(traffic, topics);
                delivery.awaitProgress();

                // When
                broker.stop();
                elapse(OUTAGE);
                broker.start();

                // Then
                delivery.awaitProgress();
                delivery.finish();
            }
        }
    }

    @Test
    void aConnectorThatIsStoppedDuringAnOutageOfTheBrokerLosesNothing() throws Exception {
        // Given
        TestDatabase database = servers.database();
        Traffic.prepare(database);
        try (TestConnector connector = new TestConnector(worker.rest(), database).tables("public.versioned");
                Topics topics = new Topics(broker.bootstrapServers(), connector.name() + ".")) {
            connector.start();
            topics.await(1);
            try (Traffic traffic = Traffic.start(database)) {
                Delivery delivery = new Delivery(traffic, topics);
                delivery.awaitProgress();

                // When
                worker.rest().stop(connector.name());
                broker.stop();
                elapse(OUTAGE);
                broker.start();
                await("stopped")
                        .ignoreExceptions()
                        .until(() -> connector.connectorState().equals("STOPPED")
                                && connector.taskState().isEmpty()
                                && !isActive(database));
                worker.rest().resume(connector.name());

                // Then
                delivery.awaitProgress();
                delivery.finish();
            }
        }
    }

    @Test
    void theTaskReconnectsWhenItsWalsenderIsTerminatedAgainAndAgain() throws Exception {
        // Given
        TestDatabase database = servers.database();
        Traffic.prepare(database);
        try (TestConnector connector = new TestConnector(servers.rest(), database).tables("public.versioned");
                Topics topics = new Topics(servers, connector)) {
            connector.start();
            topics.await(1);
            try (Traffic traffic = Traffic.start(database)) {
                Delivery delivery = new Delivery(traffic, topics);
                delivery.awaitProgress();

                // When
                int[] terminated = new int[1];
                during(OUTAGE, Duration.ofMillis(500), () -> {
                    terminated[0] += terminateWalsender(database);
                    return terminated[0] > 0;
                });

                // Then
                assertThat(terminated[0]).isPositive();
                delivery.awaitProgress();
                delivery.finish();
                System.out.println("OutagesIT: walsender ended " + terminated[0] + " times");
            }
        }
    }

    @Test
    void aServerThatDoesNotRespondCountsAsGone() throws Exception {
        // Given
        try (PostgresServer postgres = servers.newPostgres().start()) {
            TestDatabase database = Servers.database(postgres);
            Traffic.prepare(database);
            try (TestConnector connector = new TestConnector(servers.rest(), database)
                            .tables("public.versioned")
                            .with("status.update.interval.ms", "200");
                    Topics topics = new Topics(servers, connector);
                    Jmx jmx = new Jmx(servers.worker())) {
                connector.start();
                topics.await(1);
                try (Traffic traffic = Traffic.start(database)) {
                    Delivery delivery = new Delivery(traffic, topics);
                    delivery.awaitProgress();

                    // When
                    postgres.pause();
                    try {
                        await("the task waiting")
                                .until(() ->
                                        jmx.read(Jmx.task(connector), "State").equals("WAITING"));
                        elapse(OUTAGE);
                    } finally {
                        postgres.resume();
                    }

                    // Then
                    delivery.awaitProgress();
                    delivery.finish();
                }
            }
        }
    }

    private static void elapse(Duration duration) {
        during(duration, duration, () -> true);
    }

    /** Repeats a step after each pause until the time is over, and until the step has succeeded. */
    private static void during(Duration duration, Duration pause, BooleanSupplier step) {
        long end = System.nanoTime() + duration.toNanos();
        await().atMost(duration.plus(WaitLimit.LIMIT))
                .pollDelay(Duration.ZERO)
                .pollInterval(pause)
                .until(() -> {
                    boolean done = step.getAsBoolean();
                    return done && System.nanoTime() - end >= 0;
                });
    }

    private static boolean isActive(TestDatabase database) throws Exception {
        return "t"
                .equals(database.query(
                        "SELECT active FROM pg_replication_slots WHERE slot_name = '" + database.name() + "'"));
    }

    private static int terminateWalsender(TestDatabase database) {
        try {
            return Integer.parseInt(String.valueOf(database.query(
                    "SELECT count(pg_terminate_backend(active_pid)) FROM pg_replication_slots WHERE slot_name = '"
                            + database.name() + "' AND active")));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
