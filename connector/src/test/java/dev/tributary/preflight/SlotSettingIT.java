// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertNone;
import static dev.tributary.preflight.FindingAssert.assertOne;

import dev.tributary.config.SlotOptions;
import dev.tributary.postgres.PostgresServer;
import dev.tributary.preflight.Finding.Severity;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings of a server that a slot and its walsender are subject to. */
class SlotSettingIT {

    @Test
    void saysAfterWhichTimeAnIdleSlotIsLost() throws Exception {
        try (PostgresServer server = PostgresServer.start()) {
            // Given
            server.execute("ALTER SYSTEM SET idle_replication_slot_timeout = '90min'", "SELECT pg_reload_conf()");
            Awaitility.await()
                    .until(() ->
                            !server.ask("SHOW idle_replication_slot_timeout").equals("0"));

            // When
            var findings = Requests.on(server.target()).run();

            // Then
            var found = assertOne(findings, "nothing has read for 90 min (idle_replication_slot_timeout)")
                    .is(Severity.WARNING, "slot.name")
                    .says("paused, stopped or failed")
                    .fixedBy("ALTER SYSTEM SET idle_replication_slot_timeout = 0", "SELECT pg_reload_conf()");
            server.execute("ALTER SYSTEM SET idle_replication_slot_timeout = '2d'", "SELECT pg_reload_conf()");
            Awaitility.await()
                    .untilAsserted(() -> assertOne(Requests.on(server.target()).run(), "read for 2 d")
                            .is(Severity.INFO, "slot.name"));
            server.execute(found.statements());
            Awaitility.await()
                    .untilAsserted(() -> assertNone(Requests.on(server.target()).run(), "idle_replication"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {14, 16, 18})
    void refusesMoreMemoryThanTheServerAccepts(int version) throws Exception {
        try (PostgresServer server = PostgresServer.start(version, Map.of())) {
            var requests = Requests.on(server.target());

            assertOne(requests.with(new SlotOptions(false, 2_097_152L)).run(), "at most 2097151")
                    .is(Severity.ERROR, "slot.decoding.work.mem.mb");
            assertNone(requests.with(new SlotOptions(false, 2_097_151L)).run(), "at most");
            if (version < 17) {
                assertOne(requests.with(new SlotOptions(true, null)).run(), "no slot can have the property failover")
                        .is(Severity.WARNING, "slot.failover")
                        .says("Postgres " + version, "upgrade the server to Postgres 17");
            }
        }
    }
}
