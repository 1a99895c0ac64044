// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import dev.tributary.console.worker.Beans;
import dev.tributary.console.worker.History;
import dev.tributary.console.worker.WorkerFacts;
import dev.tributary.metrics.Journal;
import dev.tributary.metrics.Registration;
import dev.tributary.metrics.TaskStatus;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClusterTest {

    private final Beans beans = new Beans(ManagementFactory.getPlatformMBeanServer());
    private final History history = History.start(beans);
    private final WorkerFacts own = new WorkerFacts(beans, history, "1.2.3");
    private final FakeConnect connect = new FakeConnect();
    private final Cluster cluster = new Cluster(new Connectors(connect), own, new Peers(Map.of()));
    private final List<HttpServer> servers = new ArrayList<>();
    private @Nullable Registration counter;

    /** How often it was read. */
    public interface CountedMXBean {
        int getReads();
    }

    private static final class Counted implements CountedMXBean {
        private final AtomicInteger reads = new AtomicInteger();

        @Override
        public int getReads() {
            return reads.incrementAndGet();
        }
    }

    @AfterEach
    void close() {
        servers.forEach(server -> server.stop(0));
        history.close();
        if (counter != null) {
            counter.close();
        }
        Journal.closeUnused("cluster-test");
    }

    /** Starts a worker. Returns its id. */
    private String worker(Supplier<String> facts) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(Peers.WORKER, exchange -> {
            byte[] body = facts.get().getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(body);
            }
        });
        server.start();
        servers.add(server);
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    private JsonNode connector(String name) {
        return StreamSupport.stream(
                        cluster.read(Optional.empty()).path("connectors").spliterator(), false)
                .filter(connector -> connector.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aStoppedConnectorHasNothingOfOursThatReplacesIt() throws Exception {
        // Given
        String id = worker(() -> own.read().toString());
        connect.ours("shop", "cluster-test").debeziums("legacy", "cluster-test");
        connect.runs("shop", id).runs("legacy", id);
        Journal.of("cluster-test").add(Journal.Kind.STATE, Journal.Severity.INFO, "It runs");
        try (TaskStatus task = TaskStatus.open("cluster-test", "shop")) {
            task.running();

            // When
            JsonNode facts = connector("shop").path("facts");

            // Then
            assertThat(facts.path("task").path("state").asText()).isEqualTo("RUNNING");
            assertThat(facts.path("journal").path("entries")).isNotEmpty();
            assertThat(connector("legacy").path("facts")).isEmpty();
            assertThat(connector("legacy").path("state").asText()).isEqualTo("RUNNING");
        }
    }

    @Test
    void aPlaceholderInTheTopicPrefixIsReplaced() {
        // Given
        connect.ours("shop", "${env:PREFIX}");
        try (TaskStatus task = TaskStatus.open("cluster-test", "shop")) {
            task.running();

            // When
            JsonNode connector = connector("shop");

            // Then
            assertThat(connector.path("server").asText()).isEqualTo("cluster-test");
            assertThat(connector.path("facts").has("task")).isTrue();
        }
    }

    @Test
    void requestsAreForTheWorkerThatHasTheConnectorOfThatName() throws Exception {
        // Given
        String here = worker(() -> own.read().toString());
        String other =
                worker(() -> "{\"instance\": \"o\", \"servers\": {\"p\": {\"task\": {\"connector\": \"shop\"}}}}");
        connect.ours("shop", "p").ours("same", "p").ours("here", "cluster-test");
        connect.runs("shop", other).runs("same", other).runs("here", here);
        try (TaskStatus task = TaskStatus.open("cluster-test", "here")) {
            task.running();

            // Then
            assertThat(cluster.remoteWorker("shop", "task", Optional.empty())).contains(other);
            assertThat(cluster.remoteWorker("same", "task", Optional.empty())).isEmpty();
            assertThat(cluster.remoteWorker("here", "task", Optional.empty())).isEmpty();
            assertThatThrownBy(() -> cluster.remoteWorker("none", "task", Optional.empty()))
                    .isInstanceOf(UnknownConnectorException.class);
        }
    }

    @Test
    void theMBeansOfThisWorkerAreReadOnce() throws Exception {
        // Given
        connect.ours("shop", "cluster-test")
                .runs("shop", worker(() -> own.read().toString()));
        Counted counted = new Counted();
        counter = Registration.of("counted", "cluster-test", counted);
        cluster.read(Optional.of("who learns which worker this is"));
        int before = counted.reads.get();

        // When
        JsonNode workers = cluster.read(Optional.of("another")).path("workers");

        // Then
        assertThat(workers.path(0).path("isThisOne").asBoolean()).isTrue();
        assertThat(counted.reads.get() - before).isEqualTo(1);
    }

    @Test
    void aWorkerThatDoesNotAnswerIsShownWithTheProblem() throws Exception {
        // Given
        String id = worker(() -> "no JSON");
        connect.ours("shop", "cluster-test").runs("shop", id);

        // When
        JsonNode worker = cluster.read(Optional.empty()).path("workers").path(0);

        // Then
        assertThat(worker.path("id").asText()).isEqualTo(id);
        assertThat(worker.path("problem").asText()).contains("not JSON");
    }
}
