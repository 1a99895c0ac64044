// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.tributary.PostgresSourceConnector;
import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.ObjectName;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two connectors that cannot run at the same time. */
class RivalsIT {

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
    void aConnectorTakesNoSnapshotWhileAnotherOneUsesItsSlot() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.unusedSlot();
            try (Capture first = capture(options(wal, slot, "first", "one"))) {
                first.until(wal.mark());
                try (Capture second = capture(options(wal, slot, "second", "two"))) {

                    // When
                    await().until(() -> {
                        // Then
                        assertThat(second.poll()).isEmpty();
                        return (Integer) status("two", "FailuresInARow") >= 3;
                    });
                    assertThat(status("two", "FailureKind")).isEqualTo("SLOT_IN_USE");
                    assertThat(status("two", "LastFailure").toString()).contains("is in use by");

                    // When
                    first.close();

                    // Then
                    assertThat(second.untilSnapshotEnds()).isNotEmpty();
                }
            }
        }
    }

    @Test
    void aConnectorIsRefusedTheSlotOfAnotherOneThatIsRunning() throws Exception {
        try (Wal wal = wal()) {
            // Given
            String slot = wal.unusedSlot();
            try (Capture first = capture(options(wal, slot, "first", "one"))) {
                first.until(wal.mark());

                // Then
                assertThat(errors(options(wal, slot, "second", "two"), "slot.name"))
                        .singleElement()
                        .asString()
                        .contains("is in use by connector first (topic.prefix one");
                assertThat(errors(options(wal, slot, "first", "one"), "slot.name"))
                        .isEmpty();
            }
        }
    }

    @Test
    void aConnectorIsRefusedTheTopicPrefixOfAnotherOneThatIsRunning() throws Exception {
        try (Wal wal = wal()) {
            // Given
            try (Capture first = capture(options(wal, wal.unusedSlot(), "first", "one"))) {
                first.until(wal.mark());
                Map<String, String> rival = options(wal, wal.unusedSlot(), "second", "one");

                // Then
                assertThat(errors(rival, "topic.prefix"))
                        .singleElement()
                        .asString()
                        .contains("Connector first is running with topic.prefix one");

                // When
                Throwable refused = catchThrowable(() -> capture(rival));

                // Then
                assertThat(refused)
                        .isInstanceOf(ConnectException.class)
                        .hasMessageContaining("Connector first is running with topic.prefix one");
                assertThat(status("one", "State")).isEqualTo("RUNNING");
            }
        }
    }

    @Test
    void aRunThatWritesToNoTopicsDisturbsNoConnector() throws Exception {
        try (Wal wal = wal()) {
            // Given
            try (Capture first = capture(options(wal, wal.unusedSlot(), "first", "one"))) {
                first.until(wal.mark());
                Map<String, String> tail = options(wal, wal.unusedSlot(), "tail", "one");
                tail.put("internal.claimed.prefix", "tail");

                // When / Then
                assertThat(errors(tail, "topic.prefix")).isEmpty();
                assertThat(errors(options(wal, wal.unusedSlot(), "first", "one"), "topic.prefix"))
                        .isEmpty();
            }
        }
    }

    private static Wal wal() {
        return Wal.after(
                server,
                "CREATE TABLE goods (id int PRIMARY KEY)",
                "INSERT INTO goods SELECT generate_series(1, 9)",
                "CREATE PUBLICATION everything FOR ALL TABLES");
    }

    private static Map<String, String> options(Wal wal, String slot, String name, String prefix) {
        Map<String, String> options = new HashMap<>(wal.options(Contender.TRIBUTARY, slot, Map.of()));
        options.put("name", name);
        options.put("topic.prefix", prefix);
        options.put("snapshot.mode", "initial");
        options.put("retriable.restart.connector.wait.ms", "50");
        return options;
    }

    private static Capture capture(Map<String, String> options) {
        return Capture.start(Contender.TRIBUTARY, options, new MemoryOffsets());
    }

    private static List<String> errors(Map<String, String> options, String option) {
        return new PostgresSourceConnector()
                .validate(options).configValues().stream()
                        .filter(value -> value.name().equals(option))
                        .map(ConfigValue::errorMessages)
                        .findFirst()
                        .orElseThrow();
    }

    private static Object status(String prefix, String attribute) throws Exception {
        return ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.tributary:type=task,server=\"" + prefix + "\""), attribute);
    }
}
