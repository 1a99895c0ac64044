// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.SlotSettings;
import dev.tributary.postgres.StandbySlot;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks whether a standby can take the slot over ({@code slot.failover}), and whether the stream waits for a standby
 * that does not come. The settings of a standby cannot be read on the primary, but some of their effects can be seen.
 */
final class FailoverChecks {

    /** The first version whose slots can be synchronized. */
    private static final int SINCE = 17;

    private static final String ON_STANDBY =
            "on the standby set sync_replication_slots = on, hot_standby_feedback = on,"
                    + " primary_slot_name to its slot on the primary, and add dbname=… to primary_conninfo";

    private FailoverChecks() {}

    /** Whether the slot has what the option asks for. */
    static List<Finding> property(PreflightRequest request, Facts facts) {
        if (!request.slotOptions().failover()) {
            return List.of();
        }
        var server = facts.server();
        var slot = request.slot().name();
        if (server.majorVersion() < SINCE || server.inRecovery()) {
            return List.of(Finding.warning(
                    OptionNames.SLOT_FAILOVER,
                    "It is true, but the server is "
                            + (server.inRecovery() ? "a standby" : "Postgres " + server.version())
                            + ", where no slot can have the property failover",
                    "The slot is an ordinary one: after a failover it is gone, and the changes since then are reported"
                            + " as lost",
                    new Fix.Advice(
                            server.inRecovery()
                                    ? "set database.hostname to the primary, or slot.failover to false"
                                    : "upgrade the server to Postgres 17 or later, or set slot.failover to false")));
        }
        if (!Boolean.FALSE.equals(facts.slotSettings().isFailover())) {
            return List.of();
        }
        return List.of(Finding.warning(
                OptionNames.SLOT_FAILOVER,
                "It is true, but slot " + slot + " exists without the property failover",
                "The option counts when the slot is created: no standby synchronizes this slot, and after a failover it"
                        + " is gone",
                new Fix.Advice("stop the connector, connect with replication=database, and run ALTER_REPLICATION_SLOT "
                        + slot + " (FAILOVER true)")));
    }

    /** What can be seen of the standby that is going to take the slot over, and what must be looked up there. */
    static List<Finding> standbys(PreflightRequest request, Facts facts) {
        var settings = facts.slotSettings();
        if (!isFailover(request, facts) || settings.isSynchronizing()) {
            return List.of();
        }
        var names = settings.standbys();
        if (names.isEmpty()) {
            return List.of(Finding.warning(
                    OptionNames.SLOT_FAILOVER,
                    "It is true, but no standby uses a physical slot of this server",
                    "Only a standby with a slot (primary_slot_name) can synchronize slot "
                            + request.slot().name() + "; after a failover to another one it is gone",
                    new Fix.Sql(List.of("SELECT pg_create_physical_replication_slot('standby1', true)"), ON_STANDBY)));
        }
        var silent = names.stream()
                .filter(name -> !settings.standbysWithFeedback().contains(name))
                .toList();
        if (silent.size() == names.size()) {
            return List.of(Finding.warning(
                    OptionNames.SLOT_FAILOVER,
                    "It is true, but no standby sends hot_standby_feedback (" + slots(silent) + ")",
                    "Without it a standby does not synchronize slots; after a failover slot "
                            + request.slot().name() + " is gone",
                    new Fix.Advice(ON_STANDBY)));
        }
        return List.of(Finding.info(
                OptionNames.SLOT_FAILOVER,
                "It is true, and standbys stream (" + slots(names) + "), but whether one of them synchronizes slots"
                        + " cannot be seen here: no process is called slotsync worker, or role "
                        + facts.role().name() + " may not see it without pg_read_all_stats",
                "If none does, the slot is gone after a failover",
                new Fix.Advice(ON_STANDBY + "; there, SELECT slot_name, synced, temporary FROM pg_replication_slots"
                        + " must show the slot with synced and without temporary")));
    }

    private static String slots(List<String> names) {
        return (names.size() == 1 ? "slot " : "slots ") + String.join(", ", names);
    }

    /** Whether the stream could be ahead of the standby, or waits for one that does not come. */
    static List<Finding> waiting(PreflightRequest request, Facts facts) {
        if (!isFailover(request, facts)) {
            return List.of();
        }
        var settings = facts.slotSettings();
        if (settings.waitedFor().isEmpty()) {
            return List.of(Finding.warning(
                    OptionNames.SLOT_FAILOVER,
                    "It is true, but synchronized_standby_slots of the server is empty",
                    "Changes are sent before a standby has them. After a failover, consumers can have events of changes"
                            + " that the new primary does not have, and the slot there can be behind them",
                    new Fix.Sql(
                            List.of(
                                    "ALTER SYSTEM SET synchronized_standby_slots = '"
                                            + (settings.standbys().isEmpty()
                                                    ? "standby1"
                                                    : settings.standbys().get(0)) + "'",
                                    "SELECT pg_reload_conf()"),
                            "keep in mind that the connector waits while that standby is away")));
        }
        return settings.waitedFor().stream()
                .filter(slot -> slot.state() != StandbySlot.State.ACTIVE)
                .map(slot -> waitsFor(slot, settings))
                .toList();
    }

    private static Finding waitsFor(StandbySlot slot, SlotSettings settings) {
        var left = settings.waitedFor().stream()
                .map(StandbySlot::name)
                .filter(name -> !name.equals(slot.name()))
                .collect(Collectors.joining(", "));
        return Finding.warning(
                OptionNames.SLOT_FAILOVER,
                "synchronized_standby_slots names slot " + slot.name() + ", which "
                        + slot.state().text(),
                "The server sends the connector nothing that this standby has not confirmed: as long as it is so, no"
                        + " change arrives, and WAL piles up",
                new Fix.Sql(
                        List.of(
                                "ALTER SYSTEM SET synchronized_standby_slots = '" + left + "'",
                                "SELECT pg_reload_conf()"),
                        slot.isBroken()
                                ? "make the slot of the standby again and add it, if there is still one"
                                : "add it again when the standby is back; or start the standby instead"));
    }

    /** Whether the slot has the property, or will have it once it is created. */
    private static boolean isFailover(PreflightRequest request, Facts facts) {
        var known = facts.slotSettings().isFailover();
        return facts.server().majorVersion() >= SINCE
                && !facts.server().inRecovery()
                && (known == null ? request.slotOptions().failover() : known);
    }
}
