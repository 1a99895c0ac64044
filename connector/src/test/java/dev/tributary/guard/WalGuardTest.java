// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.config.GuardOptions;
import dev.tributary.metrics.GuardStatus;
import dev.tributary.postgres.Pin;
import dev.tributary.postgres.SlotHealth;
import dev.tributary.postgres.StandbySlot;
import dev.tributary.postgres.StandbySlot.State;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.replication.LogSequenceNumber;

class WalGuardTest {

    private static final long MB = 1 << 20;
    private static final GuardOptions OPTIONS = new GuardOptions(
            true, Duration.ofSeconds(10), Duration.ofMinutes(60), Duration.ofMinutes(10), 1_000 * MB, null, null);

    private final List<Alert> alerts = new ArrayList<>();
    private final List<Alert> notifications = new ArrayList<>();
    private final GuardStatus status = GuardStatus.open("wal-guard-test", "shop");
    private final WalGuard guard = new WalGuard(
            new WalGuard.Watched("shop", "wal-guard-test", "shop_slot"),
            OPTIONS,
            new WalGuard.Source() {
                @Override
                public Optional<SlotHealth> read() throws SQLException {
                    if (failure != null) {
                        throw failure;
                    }
                    return Optional.ofNullable(health);
                }

                @Override
                public boolean leads() {
                    return leads;
                }

                @Override
                public boolean isPaused() {
                    return isPaused;
                }
            },
            status,
            List.of(new Alerts(alerts, () -> this.leads), new Alerts(notifications, () -> this.hasTask)),
            Clock.systemUTC());

    private @Nullable SlotHealth health;
    private @Nullable SQLException failure;
    private boolean leads = true;
    private boolean hasTask = true;
    private boolean isPaused;
    private List<StandbySlot> standbys = List.of();
    private long seconds;
    private long written;

    private void look() {
        guard.look(() -> TimeUnit.SECONDS.toNanos(seconds));
    }

    @AfterEach
    void close() {
        status.close();
    }

    /** A slot that needs WAL from a position, on a server with a limit of 1,000 MB. */
    private SlotHealth slot(long needed, boolean active, @Nullable Pin pin) {
        return health(needed, active, pin, 1_000 * MB, null, null, "reserved");
    }

    private SlotHealth health(
            long needed,
            boolean active,
            @Nullable Pin pin,
            @Nullable Long limit,
            @Nullable Long inactive,
            @Nullable Long idleLimit,
            String walStatus) {
        long retained = written - needed;
        return new SlotHealth(
                LogSequenceNumber.valueOf(written),
                LogSequenceNumber.valueOf(needed),
                retained,
                active ? 0 : retained,
                limit == null ? null : limit - retained,
                walStatus,
                active,
                inactive,
                null,
                limit,
                idleLimit,
                !standbys.isEmpty(),
                standbys,
                new SlotHealth.Load(90, 0, 0, pin));
    }

    /** Looks at a slot that nothing reads, while so much WAL is written each second. */
    private void standStill(int looks, double megabytesPerSecond) {
        for (int i = 0; i < looks; i++) {
            health = slot(0, false, null);
            look();
            seconds += 10;
            written += Math.round(10 * megabytesPerSecond * MB);
        }
    }

    @Test
    void warnsAndThenSaysThatItIsCriticalOnceEach() {
        // 0.3 MB a second: the limit is reached after 3,333 s.
        standStill(100, 0.3);
        assertThat(alerts).extracting(Alert::level).containsExactly(Level.WARNING);
        assertThat(alerts.get(0).message())
                .startsWith("Slot shop_slot will be lost in about ")
                .contains("max_slot_wal_keep_size", "POST /connectors/shop/restart");
        assertThat(status.getLevel()).isEqualTo("WARNING");
        assertThat(status.getMessage()).startsWith("Slot shop_slot will be lost in about ");

        standStill(200, 0.3);
        assertThat(alerts).extracting(Alert::level).containsExactly(Level.WARNING, Level.CRITICAL);
        assertThat(status.getSecondsUntilLost()).isLessThan(600);
    }

    @Test
    void saysWhenItIsOver() {
        standStill(50, 1);
        assertThat(alerts).isNotEmpty();
        alerts.clear();

        for (int i = 0; i < 30; i++) {
            seconds += 10;
            written += 10 * MB;
            health = slot(written, true, null);
            look();
        }

        assertThat(alerts).extracting(Alert::level).containsExactly(Level.OK);
        assertThat(alerts.get(0).message()).contains("no longer in danger");
        assertThat(status.getMessage()).isEmpty();
    }

    @Test
    void namesTheTransactionThatKeepsTheWal() {
        Pin pin = new Pin("a transaction of process 77", "SELECT pg_terminate_backend(77)");
        for (int i = 0; i < 45; i++) {
            health = slot(0, true, pin);
            look();
            seconds += 10;
            written += 10 * MB;
        }

        assertThat(alerts.get(0).message())
                .contains("a transaction of process 77, keeps the WAL", "SELECT pg_terminate_backend(77)");
        assertThat(status.getPinnedBy()).isEqualTo("a transaction of process 77");
    }

    @Test
    void warnsOfAnIdleSlotAndOfAServerWithoutALimit() {
        for (int i = 0; i < 3; i++) {
            health = health(0, false, null, 1_000 * MB, 3_000L, 3_600L, "reserved");
            seconds += 10;
            look();
        }
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.level()).isEqualTo(Level.CRITICAL);
            assertThat(alert.message()).contains("idle_replication_slot_timeout", "in about 10 min");
        });

        for (int i = 0; i < 13; i++) {
            health = health(0, false, null, null, null, null, "extended");
            seconds += 10;
            look();
            written += i < 3 ? 0 : 20 * MB;
        }
        assertThat(alerts).extracting(Alert::level).containsExactly(Level.CRITICAL, Level.OK, Level.WARNING);
        assertThat(alerts)
                .anySatisfy(alert -> assertThat(alert.message())
                        .contains("wal.guard.unlimited.max.bytes")
                        .contains("its disk can become full"));
    }

    @Test
    void aLostSlotIsReportedAtOnce() {
        health = health(0, false, null, 1_000 * MB, null, null, "lost");
        look();
        look();

        assertThat(alerts).extracting(Alert::level).containsExactly(Level.LOST);
        assertThat(alerts.get(0).message()).contains("is lost");
    }

    @Test
    void aBurstIsNoDanger() {
        standStill(10, 0.001);
        standStill(1, 10);
        standStill(10, 0.001);

        assertThat(alerts).extracting(Alert::level).doesNotContain(Level.CRITICAL);
    }

    @Test
    void aPausedConnectorIsToBeResumed() {
        isPaused = true;
        standStill(50, 1);

        assertThat(alerts.get(0).message()).contains("is paused or stopped", "PUT /connectors/shop/resume");
    }

    @Test
    void aPausedConnectorWhoseSlotIsLostIsToBeResumed() {
        isPaused = true;
        health = health(0, false, null, 1_000 * MB, null, null, "lost");
        look();

        assertThat(alerts.get(0).message())
                .contains("is lost", "PUT /connectors/shop/resume")
                .doesNotContain("restart");
    }

    @Test
    void theNearerTheLossTheSoonerIsTheNextLook() {
        assertThat(guard.untilNextLook()).isEqualTo(Duration.ofSeconds(10));

        standStill(5, 10);
        assertThat(guard.untilNextLook()).isEqualTo(Duration.ofSeconds(10));

        standStill(5, 10);
        assertThat(status.getSecondsUntilLost()).isEqualTo(10);
        assertThat(guard.untilNextLook()).isEqualTo(Duration.ofMillis(2_500));

        standStill(1, 10);
        assertThat(guard.untilNextLook()).isEqualTo(Duration.ofSeconds(1));

        health = health(0, false, null, 1_000 * MB, null, null, "lost");
        look();
        assertThat(guard.untilNextLook()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void onlyOneOfSeveralGuardsAlertsAndAnotherOneTakesOver() {
        leads = false;
        standStill(50, 1);
        assertThat(alerts).isEmpty();
        assertThat(status.getLevel()).isNotEqualTo("OK");

        leads = true;
        standStill(2, 1);
        assertThat(alerts).hasSize(1);
    }

    @Test
    void aSlotThatIsDroppedIsReportedIfItWasThere() {
        look();
        look();
        assertThat(alerts).isEmpty();

        standStill(1, 0);
        health = null;
        look();
        assertThat(alerts).as("one look is not enough").isEmpty();
        look();
        assertThat(alerts).extracting(Alert::level).containsExactly(Level.LOST);
        assertThat(alerts.get(0).message()).contains("was dropped");

        standStill(3, 0);
        assertThat(alerts).extracting(Alert::level).containsExactly(Level.LOST, Level.OK);
    }

    @Test
    void aLookThatFailsIsShown() {
        failure = new SQLException("role tributary may not read pg_catalog.pg_replication_slots.", "42501");
        look();
        assertThat(status.getMessage()).doesNotContain("..");
        assertThat(status.getLevel()).isEqualTo("UNKNOWN");
        assertThat(status.getMessage()).contains("may not read pg_catalog.pg_replication_slots");

        failure = null;
        health = null;
        look();
        assertThat(status.getMessage()).contains("no slot shop_slot");
        assertThat(alerts).isEmpty();
    }

    /** Looks twice at a slot whose stream waits for a standby. */
    private void waitFor(StandbySlot standby, boolean isRead) {
        standbys = List.of(standby);
        for (int i = 0; i < 2; i++) {
            health = slot(written, isRead, null);
            look();
            seconds += 10;
            written += MB;
        }
    }

    @Test
    void saysThatTheStreamWaitsForAStandby() {
        waitFor(new StandbySlot("standby1", State.INACTIVE, 5 * MB, 59L), true);
        waitFor(new StandbySlot("standby1", State.INACTIVE, 0L, 300L), true);
        waitFor(new StandbySlot("standby1", State.ACTIVE, 5 * MB, null), true);
        waitFor(new StandbySlot("standby1", State.MISSING, null, null), false);
        assertThat(alerts).isEmpty();
        assertThat(status.getHeldBytes()).isEqualTo(-1);

        waitFor(new StandbySlot("standby1", State.INACTIVE, 5 * MB, 180L), true);
        assertThat(alerts).singleElement().satisfies(alert -> {
            assertThat(alert.level()).isEqualTo(Level.WARNING);
            assertThat(alert.message())
                    .startsWith("No change arrives from slot shop_slot: the walsender waits for standby slot standby1")
                    .contains("is not in use for 3 min", "has not confirmed 5 MB", "Fix: start that standby");
        });
        assertThat(status.getWaitsForStandby()).isEqualTo("standby1 is not in use");
        assertThat(status.getHeldBytes()).isEqualTo(5 * MB);
        assertThat(status.isFailover()).isTrue();

        waitFor(new StandbySlot("standby1", State.ACTIVE, 0L, null), true);
        assertThat(alerts).extracting(Alert::level).containsExactly(Level.WARNING, Level.OK);
    }

    @Test
    void saysThatASlotWillBeLostBecauseOfAStandby() {
        standbys = List.of(new StandbySlot("standby1", State.MISSING, null, null));
        for (int i = 0; i < 45; i++) {
            health = slot(0, true, null);
            look();
            seconds += 10;
            written += 10 * MB;
        }

        assertThat(alerts)
                .last()
                .satisfies(alert -> assertThat(alert.message())
                        .startsWith("Slot shop_slot will be lost in about ")
                        .contains("Fix: the walsender waits for standby slot standby1")
                        .contains("which does not exist"));
    }

    @Test
    void aTaskIsNotifiedWhicheverGuardLeads() {
        leads = false;
        hasTask = false;
        standStill(50, 1);
        assertThat(notifications).isEmpty();

        hasTask = true;
        standStill(2, 1);
        assertThat(notifications).hasSize(1);
        assertThat(alerts).isEmpty();

        leads = true;
        standStill(2, 1);
        assertThat(alerts).hasSize(1);
        assertThat(notifications).hasSize(1);
    }
}
