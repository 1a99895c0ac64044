// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import dev.tributary.postgres.Bytes;
import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.Pin;
import dev.tributary.postgres.SlotHealth;
import dev.tributary.postgres.StandbySlot;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says what danger a slot is in, why, and what helps.
 *
 * @param connector the name of the connector
 * @param slot the slot
 * @param isPaused whether the connector is paused or stopped
 * @param unlimitedBytes how much WAL may be retained if the server has no limit
 */
record DangerText(String connector, String slot, boolean isPaused, long unlimitedBytes) {

    private static final String START_STANDBY = "start that standby, or make it faster, or take its slot out of the"
            + " setting (ALTER SYSTEM SET synchronized_standby_slots) and run SELECT pg_reload_conf()";

    /**
     * The whole message.
     *
     * @param isForecast whether it is the forecast that has reached a level, and not only a stream that waits
     */
    String of(Danger danger, boolean isForecast) {
        SlotHealth health = danger.health();
        if (health.lost()) {
            return lost(health);
        }
        Optional<StandbySlot> stall = danger.stall();
        if (stall.isPresent() && !isForecast) {
            return "No change arrives from slot " + slot + ": " + waits(stall.get()) + ". Fix: " + START_STANDBY + ".";
        }
        Duration time = danger.left();
        if (time == null) {
            return "Slot " + slot + " was in danger of being lost: " + retained(danger)
                    + ". It is no longer growing towards the limit.";
        }
        String when = time.toSeconds() == 0 ? "at the next checkpoint" : "in about " + text(time);
        if (danger.isIdleFirst()) {
            return "Slot " + slot + " will be lost " + when
                    + ": nothing reads from it, and the server invalidates a slot"
                    + " that is idle for " + text(Duration.ofSeconds(orZero(health.idleLimitSeconds())))
                    + " (idle_replication_slot_timeout). Fix: " + readAgain() + ".";
        }
        Long limit = health.limitBytes();
        if (limit == null) {
            return "Slot " + slot + " will retain more than " + Bytes.text(unlimitedBytes) + " of WAL "
                    + (time.toSeconds() == 0 ? "now" : when) + " (wal.guard.unlimited.max.bytes). " + retained(danger)
                    + ". The server has no limit (max_slot_wal_keep_size), so its disk can become full. Fix: "
                    + fix(health) + ".";
        }
        return "Slot " + slot + " will be lost " + when + ". " + retained(danger) + "; the server removes it beyond "
                + Bytes.text(limit) + " (max_slot_wal_keep_size). Fix: " + fix(health)
                + ", or raise the limit: ALTER SYSTEM SET max_slot_wal_keep_size = '" + Bytes.setting(2 * limit)
                + "'; SELECT pg_reload_conf().";
    }

    /** That there is no slot any more. */
    String gone() {
        return "Slot " + slot + " is gone: it was dropped. The changes that were not read from it are lost for the"
                + " connector. Fix: " + startAgain() + "; its checks say what follows.";
    }

    /** That the danger is over. */
    String over() {
        return "Slot " + slot
                + " is no longer in danger: the WAL that is retained for it does not grow towards a limit, and its"
                + " stream waits for no standby.";
    }

    private String lost(SlotHealth health) {
        String reason = health.invalidationReason();
        return "Slot " + slot + " is lost"
                + (reason == null || reason.equals("wal_removed")
                        ? ": the server has removed WAL that it needs"
                        : ": the server has invalidated it (" + reason + ")")
                + ". The changes that were not read from it are lost for the connector. Fix: "
                + startAgain() + "; its checks say what follows.";
    }

    private static String retained(Danger danger) {
        return "It retains " + Bytes.text(orZero(danger.health().retainedBytes())) + " of WAL, "
                + Bytes.text(Math.max(0, Math.round(danger.growth()))) + " more each second";
    }

    private static String waits(StandbySlot standby) {
        Long seconds = standby.inactiveSeconds();
        Long bytes = standby.unconfirmedBytes();
        return "the walsender waits for standby slot " + standby.name() + " (synchronized_standby_slots), which "
                + standby.state().text()
                + (seconds == null ? "" : " for " + text(Duration.ofSeconds(seconds)))
                + (bytes == null ? "" : " and has not confirmed " + Bytes.text(bytes) + " of WAL");
    }

    private String fix(SlotHealth health) {
        if (isPaused || !health.active()) {
            return readAgain();
        }
        Optional<StandbySlot> standby = health.slowestStandby()
                .filter(slowest ->
                        slowest.isBroken() || orZero(slowest.unconfirmedBytes()) > orZero(health.retainedBytes()) / 2);
        if (standby.isPresent()) {
            return waits(standby.get()) + ": " + START_STANDBY;
        }
        Pin pin = health.load().pin();
        // The reader is not what the slot waits for.
        boolean isRead = orZero(health.unreadBytes()) < orZero(health.retainedBytes()) / 2;
        if (isRead) {
            return pin == null
                    ? "the connector reads in time, so a long transaction keeps the WAL; a role with pg_monitor sees"
                            + " which: end it"
                    : pin.what() + ", keeps the WAL: end it, or: " + pin.remedy();
        }
        return "the connector reads more slowly than WAL is written: its metrics and those of Kafka's producer show what"
                + " it waits for";
    }

    private String readAgain() {
        return (isPaused ? "" : "nothing reads from it: ") + startAgain()
                + ", or, if nobody needs the slot any more: SELECT pg_drop_replication_slot("
                + Identifier.literal(slot) + ")";
    }

    private String startAgain() {
        return isPaused
                ? "connector " + connector + " is paused or stopped: resume it (PUT /connectors/" + connector
                        + "/resume)"
                : "restart connector " + connector + " (POST /connectors/" + connector + "/restart?includeTasks=true)";
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    /** In one unit, as a forecast is no more exact than that. */
    private static String text(Duration time) {
        if (time.compareTo(Duration.ofMinutes(2)) < 0) {
            return time.toSeconds() + " s";
        }
        return time.compareTo(Duration.ofHours(4)) < 0 ? time.toMinutes() + " min" : time.toHours() + " h";
    }
}
