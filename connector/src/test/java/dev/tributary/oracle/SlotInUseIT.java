// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tributary.postgres.PostgresServer;
import java.lang.management.ManagementFactory;
import java.util.Map;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two tasks on one slot, as while a worker that was lost still holds it: the second waits, and leaves nothing open. */
class SlotInUseIT {

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
    void whoWaitsForASlotHoldsNoConnectionAndGoesOnWhenItIsFree() throws Exception {
        try (Wal wal = Wal.after(server, "CREATE PUBLICATION everything FOR ALL TABLES")) {
            // Given
            String slot = wal.newSlot();
            Capture first = Capture.start(
                    Contender.DEBEZIUM, wal.options(Contender.DEBEZIUM, slot, Map.of()), new MemoryOffsets());
            first.until(wal.mark());

            // When
            try (Capture second = Capture.start(
                    Contender.TRIBUTARY, wal.options(Contender.TRIBUTARY, slot, Map.of()), new MemoryOffsets())) {
                await().until(() -> {
                    second.poll();
                    return failures() >= 2;
                });

                // Then
                await().untilAsserted(() -> assertThat(walsenders()).isEqualTo("1"));
                first.close();
                assertThat(second.until(wal.mark())).isNotEmpty();
            }
        }
    }

    private static int failures() throws Exception {
        return (Integer) ManagementFactory.getPlatformMBeanServer()
                .getAttribute(new ObjectName("dev.tributary:type=task,server=\"oracle\""), "FailuresInARow");
    }

    private static String walsenders() {
        return server.ask("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'walsender'");
    }
}
