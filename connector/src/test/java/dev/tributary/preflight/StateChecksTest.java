// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static dev.tributary.preflight.FindingAssert.assertOnly;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.Provider;
import dev.tributary.postgres.Role;
import dev.tributary.preflight.Finding.Severity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.replication.LogSequenceNumber;

/** Checks of states that a test server cannot be brought into. */
class StateChecksTest {

    private final PreflightRequest request = Requests.on(
                    new ConnectionTarget("localhost", 5432, "shop", "app", null, Map.of()))
            .request();

    @Test
    void refusesAServerThatIsTooOld() {
        // When
        var findings =
                ServerChecks.version(request, TestFacts.withServer(TestFacts.server(130_012, Provider.SELF_MANAGED)));

        // Then
        assertOnly(findings).is(Severity.ERROR, "database.hostname").says("Postgres 13.0", "14 to 18");
    }

    @Test
    void warnsAboutAServerThatIsTooNew() {
        // When
        var findings =
                ServerChecks.version(request, TestFacts.withServer(TestFacts.server(190_000, Provider.SELF_MANAGED)));

        // Then
        assertOnly(findings).is(Severity.WARNING, "database.hostname").says("Postgres 19.0", "14 to 18");
    }

    @ParameterizedTest
    @ValueSource(ints = {140_000, 150_000, 160_000, 170_000, 180_006})
    void acceptsTheSupportedVersions(int version) {
        assertThat(ServerChecks.version(
                        request, TestFacts.withServer(TestFacts.server(version, Provider.SELF_MANAGED))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "AMAZON_RDS, rds.logical_replication = 1",
        "GOOGLE_CLOUD, cloudsql.logical_decoding",
        "AZURE, server parameter wal_level"
    })
    void namesTheProvidersOwnSwitchForWalLevel(Provider provider, String fix) {
        // When
        var findings = ServerChecks.walLevel(request, TestFacts.withServer(TestFacts.server(180_000, provider)));

        // Then
        assertOnly(findings).is(Severity.ERROR, "database.hostname").says("wal_level is replica", fix);
    }

    @Test
    void knowsTheReplicationRoleOfAmazon() {
        // Given
        var without = new Role("app", true, false, false, List.of(), List.of(), true);
        var member = new Role("app", true, false, false, List.of("rds_replication"), List.of(), true);

        // When
        var findings = RoleChecks.replication(request, TestFacts.withRole(without, Provider.AMAZON_RDS));

        // Then
        assertOnly(findings).is(Severity.ERROR, "database.user").fixedBy("GRANT rds_replication TO app");
        assertThat(RoleChecks.replication(request, TestFacts.withRole(member, Provider.AMAZON_RDS)))
                .isEmpty();
    }

    @Test
    void warnsAboutASlotThatIsRunningOutOfRoom() {
        // When
        var findings = SlotChecks.endangered(request, TestFacts.withSlot("extended", 100L << 20));

        // Then
        assertOnly(findings)
                .is(Severity.WARNING, "slot.name")
                .says("100 MB of WAL left", "wal_status = extended", "max_slot_wal_keep_size = 1 GB")
                .fixedBy("ALTER SYSTEM SET max_slot_wal_keep_size = '2048MB'", "SELECT pg_reload_conf()");
    }

    @Test
    void findsNothingAboutASlotWithRoom() {
        assertThat(SlotChecks.endangered(request, TestFacts.withSlot("extended", 900L << 20)))
                .isEmpty();
    }

    @Test
    void warnsAboutASnapshotWhoseWalTheServerCannotKeep() {
        // When: 120 GB at 40 MB/s, while 1 MB is written each second
        var findings = SnapshotChecks.heldWal(request, TestFacts.withTable(120L << 30));

        // Then
        assertOnly(findings)
                .is(Severity.WARNING, "slot.name")
                .says("reads 120 GB", "about 51 min", "1 MB of WAL per second", "about 3 GB", "= 1 GB")
                .fixedBy("ALTER SYSTEM SET max_slot_wal_keep_size = '6144MB'", "SELECT pg_reload_conf()");
    }

    @Test
    void findsNothingAboutASmallSnapshot() {
        assertThat(SnapshotChecks.heldWal(request, TestFacts.withTable(2L << 30)))
                .isEmpty();
    }

    @Test
    void findsNothingWhenTheConnectorHasReadBefore() {
        var later = Requests.on(request.target()).stored("0/100").request();
        assertThat(SnapshotChecks.heldWal(later, TestFacts.withTable(120L << 30)))
                .isEmpty();
    }

    @Test
    void theCheckAndTheTaskNameTheSamePositionOfALostSlot() {
        // Given
        var facts = TestFacts.withSlot("lost", null);
        var task = Requests.on(request.target());
        var idle = new PreflightRequest.SlotUse(
                "slot_shop", LogSequenceNumber.valueOf("0/80"), PreflightRequest.SlotTrust.ALWAYS);

        // Then: acknowledged up to 0/100, written up to 0/200
        assertOnly(SlotGapChecks.lost(request, facts))
                .says("everything up to 0/100 was acknowledged.", "after 0/100 and up to 0/200");
        assertOnly(SlotGapChecks.lost(task.with(idle).request(), facts))
                .says(
                        "up to 0/100 was acknowledged, and the connector has stored 0/80.",
                        "after 0/100 and up to 0/200");
        assertOnly(SlotGapChecks.lost(task.stored("0/180").request(), facts))
                .says(
                        "up to 0/100 was acknowledged, and the connector has stored 0/180.",
                        "after 0/180 and up to 0/200");
    }

    @Test
    void whatSomethingElseAcknowledgedIsLostAsWell() {
        // Given: nothing but stored changes is acknowledged, and the slot is past them
        var stored = Requests.on(request.target()).stored("0/80").request();

        // Then
        assertOnly(SlotGapChecks.lost(stored, TestFacts.withSlot("lost", null))).says("after 0/80 and up to 0/200");
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void theSnapshotModeIsAdvisedOnlyIfItTakesNoNewSnapshotAlready(boolean repeats) {
        // Given
        var resumed = Requests.on(request.target())
                .snapshot(true, repeats)
                .stored("0/80")
                .request();
        var server = TestFacts.server(180_000, Provider.SELF_MANAGED);
        var found = List.of(
                SlotGapChecks.lost(resumed, TestFacts.withSlot("lost", null)).get(0),
                SlotGapChecks.missing(resumed, TestFacts.withServer(server)).get(0),
                SlotGapChecks.ahead(resumed, TestFacts.withSlot("reserved", null))
                        .get(0));

        // Then
        assertThat(found).allSatisfy(finding -> {
            assertThat(finding.message().contains("set snapshot.mode=when_needed"))
                    .isEqualTo(!repeats);
            assertThat(finding.message().contains("it takes a new snapshot by itself"))
                    .isEqualTo(repeats);
        });
        assertThat(found)
                .extracting(Finding::severity)
                .containsExactly(
                        Severity.ERROR,
                        repeats ? Severity.WARNING : Severity.ERROR,
                        repeats ? Severity.WARNING : Severity.ERROR);
    }
}
