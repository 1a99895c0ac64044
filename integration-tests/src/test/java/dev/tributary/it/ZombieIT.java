// SPDX-License-Identifier: Apache-2.0
package dev.tributary.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.KafkaBroker;
import dev.tributary.sandbox.PluginDirectory;
import dev.tributary.sandbox.PostgresServer;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.link.Direction;
import dev.tributary.sandbox.link.Link;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A worker that loses its task to another one, and comes back: with exactly-once, its old task writes nothing that a
 * consumer of committed records sees, acknowledges nothing, and does not take the slot from the new task.
 */
class ZombieIT {

    private final Servers servers = Servers.shared();
    private final Sandbox sandbox = servers.sandbox();
    private PostgresServer postgres;
    private KafkaBroker broker;
    private Member first;
    private Member second;

    /** A worker and its own link to the broker. */
    private record Member(ConnectWorker worker, Link link) {

        /** How often it has joined the group. */
        long joined() throws IOException {
            return lines(worker.logFile(), "Successfully joined group");
        }

        /** How often it has started the task of a connector. */
        long tasks(TestConnector connector) throws IOException {
            return lines(worker.logFile(), "Starting task " + connector.name() + "-0 (DistributedHerder)");
        }
    }

    /** How a worker is cut off, and comes back. */
    private interface Outage {

        void begin(Member member);

        void end(Member member);
    }

    @BeforeEach
    void start() throws IOException {
        postgres = servers.newPostgres().setting("wal_sender_timeout", "8s").start();
        int port = free();
        int controller = free();
        List<Integer> ports = List.of(free(), free());
        List<Link> links =
                List.of(sandbox.link("first worker", ports.get(0)), sandbox.link("second worker", ports.get(1)));
        String local = "127.0.0.1:";
        broker = servers.newBroker()
                .port(port)
                .setting("controller.quorum.voters", "1@" + local + controller)
                .setting(
                        "listeners",
                        "PLAINTEXT://" + local + port + ",CONTROLLER://" + local + controller + ",FIRST://" + local
                                + ports.get(0) + ",SECOND://" + local + ports.get(1))
                .setting(
                        "advertised.listeners",
                        "PLAINTEXT://" + local + port + ",FIRST://" + local
                                + links.get(0).port() + ",SECOND://" + local
                                + links.get(1).port())
                .setting(
                        "listener.security.protocol.map",
                        "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,FIRST:PLAINTEXT,SECOND:PLAINTEXT")
                .start();
        first = member(links.get(0));
        second = member(links.get(1));
    }

    private Member member(Link link) {
        ConnectWorker worker = sandbox.worker("127.0.0.1:" + link.port(), Map.of())
                .plugin(new PluginDirectory(servers.plugin().path()))
                .group("zombies")
                .property("offset.flush.interval.ms", "1000")
                .property("session.timeout.ms", "6000")
                .property("heartbeat.interval.ms", "1000")
                .property("scheduled.rebalance.max.delay.ms", "1000")
                .property("producer.transaction.timeout.ms", "20000")
                .property("exactly.once.source.support", "enabled")
                .start();
        return new Member(worker, link);
    }

    @AfterEach
    void stop() {
        first.worker().close();
        second.worker().close();
        broker.close();
        postgres.close();
        first.link().close();
        second.link().close();
    }

    @Test
    void theOldTaskOfAFrozenWorkerWritesNothing() throws Exception {
        aWorkerThatComesBackChangesNothing(new Outage() {
            @Override
            public void begin(Member member) {
                member.worker().pause();
            }

            @Override
            public void end(Member member) {
                member.worker().resume();
            }
        });
    }

    @Test
    void theOldTaskOfAWorkerThatWasCutOffFromKafkaWritesNothing() throws Exception {
        aWorkerThatComesBackChangesNothing(new Outage() {
            @Override
            public void begin(Member member) {
                member.link().hold(Direction.values());
            }

            @Override
            public void end(Member member) {
                member.link().heal();
            }
        });
    }

    private void aWorkerThatComesBackChangesNothing(Outage outage) throws Exception {
        // Given
        TestDatabase database = Servers.database(postgres);
        Traffic.prepare(database);
        TestConnector connector = new TestConnector(first.worker().rest(), database)
                .tables("public.versioned")
                .with("exactly.once.support", "required")
                .with("transaction.boundary", "connector")
                .start();
        try (Topics topics = new Topics(broker.bootstrapServers(), connector.name() + ".")) {
            topics.await(1);
            try (Traffic traffic = Traffic.start(database)) {
                aWorkerThatComesBackChangesNothing(outage, connector, new Delivery(traffic, topics));
            }
        }
    }

    private void aWorkerThatComesBackChangesNothing(Outage outage, TestConnector connector, Delivery delivery)
            throws Exception {
        // Given
        delivery.awaitProgress();
        Member old = owns(connector, first) ? first : second;
        Member successor = old.equals(first) ? second : first;
        TestConnector moved = new TestConnector(successor.worker().rest(), connector.database());

        // When
        long joined = old.joined();
        outage.begin(old);
        await("the task on the other worker")
                .until(() -> owns(moved, successor) && moved.taskState().equals("RUNNING"));
        delivery.awaitProgress();
        outage.end(old);
        await("the old worker back in the group").until(() -> old.joined() > joined);
        delivery.awaitProgress();

        // Then
        long sessions = lines(postgres.logFile(), "starting logical decoding for slot \"" + connector.name() + '"');
        // Connect may give the task back to the old worker, but then it starts it.
        long starts = first.tasks(connector) + second.tasks(connector);
        assertThat(sessions).as("sessions that had the slot").isBetween(2L, starts);

        // What was acknowledged too early would be missing now.
        first.worker().kill();
        second.worker().kill();
        delivery.awaitWritten();
        successor.worker().start();
        delivery.finish();
        delivery.topics().readAvailable();
        assertThat(delivery.topics().changes())
                .extracting(change -> change.after().path("version").asLong())
                .as("versions")
                .doesNotHaveDuplicates();
    }

    private static boolean owns(TestConnector connector, Member member) {
        String owner = connector
                .rest()
                .status(connector.name())
                .path("tasks")
                .path(0)
                .path("worker_id")
                .asText();
        return member.worker().restUrl().getAuthority().equals(owner);
    }

    private static long lines(Path log, String text) throws IOException {
        try (Stream<String> lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(text)).count();
        }
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
