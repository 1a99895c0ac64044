// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import java.time.Duration;
import java.util.List;

/** Checks what the server is set to do with slots that nothing reads, and with large transactions. */
final class SlotSettingChecks {

    /** A connector that nobody repairs over night must not lose its slot. */
    private static final Duration SHORT = Duration.ofDays(1);

    private SlotSettingChecks() {}

    /** Whether the server invalidates slots that are idle. */
    static List<Finding> idle(PreflightRequest request, Facts facts) {
        var seconds = facts.slotSettings().idleLimitSeconds();
        if (seconds == null) {
            return List.of();
        }
        var limit = Duration.ofSeconds(seconds);
        return List.of(new Finding(
                limit.compareTo(SHORT) < 0 ? Finding.Severity.WARNING : Finding.Severity.INFO,
                OptionNames.SLOT_NAME,
                "The server invalidates a slot that nothing has read for " + text(limit)
                        + " (idle_replication_slot_timeout)",
                "A connector that is paused, stopped or failed for that long loses its slot, and the changes that it has"
                        + " not read",
                new Fix.Sql(
                        List.of("ALTER SYSTEM SET idle_replication_slot_timeout = 0", "SELECT pg_reload_conf()"),
                        "limit what slots retain with max_slot_wal_keep_size, or choose a time that is longer than any"
                                + " outage you want to survive")));
    }

    private static String text(Duration time) {
        if (time.toSeconds() % Duration.ofDays(1).toSeconds() == 0) {
            return time.toDays() + " d";
        }
        if (time.toSeconds() % Duration.ofHours(1).toSeconds() == 0) {
            return time.toHours() + " h";
        }
        return time.toSeconds() % 60 == 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    /** Whether the server accepts {@code slot.decoding.work.mem.mb}. Every role may set it. */
    static List<Finding> decodingMemory(PreflightRequest request, Facts facts) {
        var megabytes = request.slotOptions().decodingMegabytes();
        var most = facts.slotSettings().decodingMemoryMegabytes();
        return megabytes == null || megabytes <= most
                ? List.of()
                : List.of(Finding.error(
                        OptionNames.SLOT_DECODING_WORK_MEM_MB,
                        "It is " + megabytes + ", but the server accepts at most " + most
                                + " for logical_decoding_work_mem",
                        "The server would refuse the session that streams",
                        new Fix.Advice("lower it: 64 is Postgres's default, and it is memory that the server must have"
                                + " for each connector")));
    }
}
