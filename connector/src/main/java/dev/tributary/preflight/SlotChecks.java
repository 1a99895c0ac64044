// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ApplicationName;
import dev.tributary.config.OptionNames;
import dev.tributary.postgres.Bytes;
import dev.tributary.postgres.Identifier;
import dev.tributary.postgres.Slot;
import dev.tributary.preflight.Finding.Awaited;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Checks whether the slot is of the right kind, is free, and is not about to be lost. */
final class SlotChecks {

    private static final String PLUGIN = "pgoutput";

    /** What Debezium's replication connection is called; with {@code capture.path=debezium} that is ours as well. */
    private static final String DEBEZIUM_STREAM = "Debezium Streaming";

    private SlotChecks() {}

    static List<Finding> usable(PreflightRequest request, Facts facts) {
        var slot = facts.slot();
        if (slot == null) {
            return List.of();
        }
        var findings = new ArrayList<Finding>();
        if (!slot.logical()) {
            findings.add(
                    wrong(slot, "is a physical slot", "It streams the whole cluster to a standby and decodes nothing"));
            return findings;
        }
        if (!PLUGIN.equals(slot.plugin())) {
            findings.add(
                    wrong(slot, "was created for the output plugin " + slot.plugin(), "The connector reads pgoutput"));
        }
        if (!facts.server().database().equals(slot.database())) {
            findings.add(wrong(
                    slot,
                    "belongs to database " + slot.database(),
                    "A slot decodes one database, and this connector reads "
                            + facts.server().database()));
        }
        if (slot.twoPhase()) {
            findings.add(wrong(
                    slot,
                    "decodes prepared transactions (two_phase)",
                    "The connector reads a transaction when it is committed, and the first PREPARE TRANSACTION would stop"
                            + " it"));
        }
        if (slot.temporary()) {
            findings.add(wrong(slot, "is temporary", "It belongs to one session and ends with that session"));
        }
        return findings;
    }

    private static Finding wrong(Slot slot, String what, String consequence) {
        return Finding.error(
                OptionNames.SLOT_NAME,
                "Slot " + slot.name() + " " + what,
                consequence,
                new Fix.Advice("set slot.name to a name that no other slot has, or, if that slot is no longer needed: "
                        + drop(slot.name())));
    }

    /**
     * Whether another process uses the slot. A snapshot that is taken while the slot is in use would have to be taken
     * again once it is free, so a task that is about to take one waits.
     */
    static List<Finding> active(PreflightRequest request, Facts facts) {
        var slot = facts.slot();
        if (slot == null || slot.activePid() == null) {
            return List.of();
        }
        if (waitsForSlot(request, facts)) {
            return List.of(Finding.error(
                            OptionNames.SLOT_NAME,
                            inUse(slot),
                            "The connector waits until the slot is free, and takes its snapshot then",
                            new Fix.Advice("if it is not the previous task of this connector, stop what uses the slot,"
                                    + " or give each connector its own slot.name"))
                    .until(Awaited.SLOT));
        }
        var user = ApplicationName.parse(Objects.requireNonNullElse(slot.application(), ""));
        if (user.isPresent()) {
            return user.get().equals(request.connector().application())
                    ? List.of()
                    : List.of(usedByOther(request, slot, user.get()));
        }
        return DEBEZIUM_STREAM.equals(slot.application()) && request.connector().runsHere()
                ? List.of()
                : List.of(Finding.warning(
                        OptionNames.SLOT_NAME,
                        inUse(slot),
                        "This is normal if it is the task that this configuration replaces. If it is another connector,"
                                + " this one waits until the slot is free, and connectors that share a slot take"
                                + " changes from each other",
                        new Fix.Advice("give each connector its own slot.name; to end the process: SELECT"
                                + " pg_terminate_backend(" + slot.activePid() + ")")));
    }

    /** Whether the slot is in use, and the connector would begin with a snapshot now. */
    private static boolean waitsForSlot(PreflightRequest request, Facts facts) {
        var slot = facts.slot();
        return slot != null
                && slot.activePid() != null
                && request.connector().starting()
                && SlotGapChecks.beginsAnew(request, facts);
    }

    private static Finding usedByOther(PreflightRequest request, Slot slot, ApplicationName user) {
        var finding = Finding.error(
                OptionNames.SLOT_NAME,
                "Slot " + slot.name() + " is in use by connector " + user.connector() + " (topic.prefix "
                        + user.prefix() + ", process " + slot.activePid() + ")",
                "A slot has one reader: connectors that share one take changes from each other",
                new Fix.Advice(
                        "give each connector its own slot.name; if this connector replaces that one, stop that one"
                                + " first (PUT /connectors/" + user.connector() + "/stop)"));
        return request.connector().starting() ? finding.until(Awaited.SLOT) : finding;
    }

    private static String inUse(Slot slot) {
        return "Slot " + slot.name() + " is in use by " + holder(slot);
    }

    private static String holder(Slot slot) {
        var application = slot.application();
        var address = slot.clientAddress();
        return "process " + slot.activePid()
                + (application == null || application.isEmpty() ? "" : ", application '" + application + "'")
                + (address == null ? "" : ", client " + address);
    }

    static List<Finding> endangered(PreflightRequest request, Facts facts) {
        var slot = facts.slot();
        var limit = facts.server().maxSlotWalKeepSize();
        if (slot == null || slot.lost() || limit == null) {
            return List.of();
        }
        var safe = slot.safeWalSize();
        var unreserved = "unreserved".equals(slot.walStatus());
        if (!unreserved && (safe == null || safe > limit / 5)) {
            return List.of();
        }
        var left = safe == null || safe <= 0 ? "no room" : Bytes.text(safe) + " of WAL";
        return List.of(Finding.warning(
                OptionNames.SLOT_NAME,
                "Slot " + slot.name() + " is about to be lost: " + left
                        + " left before the server removes WAL that it still needs (wal_status = " + slot.walStatus()
                        + ", max_slot_wal_keep_size = " + Bytes.text(limit) + ")",
                "Once that WAL is removed, the changes that were not read yet are lost",
                new Fix.Sql(
                        List.of(
                                "ALTER SYSTEM SET max_slot_wal_keep_size = '" + Bytes.setting(2 * limit) + "'",
                                "SELECT pg_reload_conf()"),
                        "keep the connector running so that it catches up")));
    }

    static String drop(String slot) {
        return "SELECT pg_drop_replication_slot(" + Identifier.literal(slot) + ")";
    }
}
