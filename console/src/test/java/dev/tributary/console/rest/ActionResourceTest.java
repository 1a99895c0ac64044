// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.console.cluster.Cluster;
import dev.tributary.console.cluster.Connectors;
import dev.tributary.console.cluster.FakeConnect;
import dev.tributary.console.cluster.Peers;
import dev.tributary.console.worker.Beans;
import dev.tributary.console.worker.History;
import dev.tributary.console.worker.WorkerFacts;
import dev.tributary.metrics.ControlMXBean;
import dev.tributary.metrics.Registration;
import dev.tributary.metrics.TaskStatus;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ActionResourceTest {

    private static final String PREFIX = "action-test";
    private static final String BODY = "{\"table\": \"public.orders\", \"type\": \"incremental\"}";
    private static final HttpHeaders DIRECT = FakeHeaders.of(Map.of());
    private static final HttpHeaders FORWARDED = FakeHeaders.of(Map.of(Peers.FORWARDED, "true"));

    private final Beans beans = new Beans(ManagementFactory.getPlatformMBeanServer());
    private final History history = History.start(beans);
    private final WorkerFacts own = new WorkerFacts(beans, history, "1.2.3");
    private final FakeConnect connect =
            new FakeConnect().ours("shop", "${env:PREFIX}").debeziums("legacy", PREFIX);
    private final Cluster cluster = new Cluster(new Connectors(connect), own, new Peers(Map.of()));
    private final Control control = new Control();
    private final List<AutoCloseable> open = new ArrayList<>();

    private static final class Control implements ControlMXBean {
        private final List<String> asked = new ArrayList<>();

        @Override
        public String snapshot(String table, String type) {
            asked.add(table + " " + type);
            return "id";
        }

        @Override
        public String stopSnapshot(String table) {
            asked.add(table);
            return "id";
        }
    }

    @BeforeEach
    void start() {
        open.add(TaskStatus.open(PREFIX, "shop"));
        open.add(Registration.of("control", PREFIX, control));
        open.add(history);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable part : open) {
            part.close();
        }
    }

    private Response snapshot(String name, boolean isAllowed, HttpHeaders headers) {
        return new ActionResource(new OwningWorker(cluster), own, beans, isAllowed).snapshot(name, BODY, headers);
    }

    @Test
    void aSnapshotIsTakenByTheConnectorOfThatName() {
        for (HttpHeaders headers : List.of(DIRECT, FORWARDED)) {
            // When
            Response response = snapshot("shop", true, headers);

            // Then
            assertThat(response.getStatus()).isEqualTo(200);
            assertThat(response.getEntity()).isEqualTo("{\"result\":\"id\"}");
        }
        assertThat(control.asked).containsExactly("public.orders incremental", "public.orders incremental");
    }

    @Test
    void itIsNotTakenByAnotherOneWithTheSameTopicPrefix() {
        for (HttpHeaders headers : List.of(DIRECT, FORWARDED)) {
            // When
            Response response = snapshot("legacy", true, headers);

            // Then
            assertThat(response.getStatus()).isEqualTo(409);
        }
        assertThat(control.asked).isEmpty();
    }

    @Test
    void anUnknownConnectorIsNotFound() {
        assertThat(snapshot("none", true, DIRECT).getStatus()).isEqualTo(404);
        assertThat(snapshot("none", true, FORWARDED).getStatus()).isEqualTo(404);
    }

    @Test
    void actionsThatAreOffAreRefused() {
        assertThat(snapshot("shop", false, DIRECT).getStatus()).isEqualTo(403);
        assertThat(control.asked).isEmpty();
    }

    @Test
    void aConnectThatDoesNotAnswerIsUnavailable() {
        connect.silent();
        assertThat(snapshot("shop", true, DIRECT).getStatus()).isEqualTo(503);
    }
}
