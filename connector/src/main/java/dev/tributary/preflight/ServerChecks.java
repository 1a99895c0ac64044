// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.Provider;
import dev.tributary.preflight.Finding.Awaited;
import java.util.List;

/** Checks whether the server can decode its WAL and has room for another reader. */
final class ServerChecks {

    private static final int OLDEST = 14;
    private static final int NEWEST = 18;
    private static final int DECODES_ON_STANDBY = 16;

    private ServerChecks() {}

    static List<Finding> version(PreflightRequest request, Facts facts) {
        var server = facts.server();
        if (server.majorVersion() < OLDEST) {
            return List.of(Finding.error(
                    OptionNames.DATABASE_HOSTNAME,
                    "The server is Postgres " + server.version(),
                    "The connector supports Postgres " + OLDEST + " to " + NEWEST + " and cannot read older versions",
                    new Fix.Advice("upgrade the server to a supported major version")));
        }
        if (server.majorVersion() > NEWEST) {
            return List.of(Finding.warning(
                    OptionNames.DATABASE_HOSTNAME,
                    "The server is Postgres " + server.version(),
                    "The connector was tested with Postgres " + OLDEST + " to " + NEWEST
                            + " and may misread newer versions",
                    new Fix.Advice("use a newer version of the connector")));
        }
        return List.of();
    }

    static List<Finding> standby(PreflightRequest request, Facts facts) {
        var server = facts.server();
        if (!server.inRecovery()) {
            return List.of();
        }
        if (server.majorVersion() < DECODES_ON_STANDBY) {
            return List.of(Finding.error(
                            OptionNames.DATABASE_HOSTNAME,
                            "The server is a standby of version " + server.version(),
                            "Logical decoding on a standby needs Postgres " + DECODES_ON_STANDBY + " or newer",
                            new Fix.Advice("set database.hostname to the primary"))
                    .until(Awaited.SERVER));
        }
        if (!server.hotStandbyFeedback()) {
            return List.of(Finding.warning(
                    OptionNames.DATABASE_HOSTNAME,
                    "The server is a standby with hot_standby_feedback = off",
                    "The primary can vacuum catalog rows that the slot still needs, and then the slot is lost",
                    new Fix.Sql(
                            List.of("ALTER SYSTEM SET hot_standby_feedback = on", "SELECT pg_reload_conf()"),
                            "make the standby use a physical slot on the primary (primary_slot_name)")));
        }
        var slot = request.slot().name();
        var isMissing = facts.slot() == null;
        if (isMissing || RoleChecks.readsRows(request, facts)) {
            return List.of(Finding.info(
                    OptionNames.DATABASE_HOSTNAME,
                    "The server is a standby, and "
                            + (isMissing
                                    ? "slot " + slot + " does not exist yet"
                                    : "the snapshot creates a temporary slot, because slot " + slot + " exists"),
                    "Creating a slot waits until the primary logs which transactions are running, which it does not"
                            + " while nothing is written",
                    new Fix.Advice("run SELECT pg_log_standby_snapshot() on the primary if it takes too long")));
        }
        return List.of();
    }

    /** What else than the role can be in the way of a replication connection: a pooler, or a rule of the server. */
    static List<Finding> replication(PreflightRequest request, Facts facts) {
        var refusal = facts.replicationRefusal();
        return refusal == null || !facts.role().mayReplicate()
                ? List.of()
                : List.of(new ConnectionFailure(request.target(), refusal).ofReplication());
    }

    static List<Finding> walLevel(PreflightRequest request, Facts facts) {
        var server = facts.server();
        if (server.walLevel().equals("logical")) {
            return List.of();
        }
        return List.of(Finding.error(
                OptionNames.DATABASE_HOSTNAME,
                "wal_level is " + server.walLevel() + ", but must be logical",
                "The WAL lacks what logical decoding needs, so a slot can be neither created nor read",
                setting("wal_level", "'logical'", server.provider())));
    }

    static List<Finding> freeSlot(PreflightRequest request, Facts facts) {
        var server = facts.server();
        if (facts.slot() != null || server.replicationSlots() < server.maxReplicationSlots()) {
            return List.of();
        }
        return List.of(Finding.error(
                        OptionNames.SLOT_NAME,
                        "All " + server.replicationSlots()
                                + " replication slots of the server are taken (max_replication_slots = "
                                + server.maxReplicationSlots() + ")",
                        "Slot " + request.slot().name() + " cannot be created",
                        setting("max_replication_slots", server.maxReplicationSlots() + 10, server.provider()))
                .until(Awaited.FREE_SLOT));
    }

    static List<Finding> freeWalSender(PreflightRequest request, Facts facts) {
        var server = facts.server();
        var slot = facts.slot();
        var holdsOne = slot != null && slot.activePid() != null;
        if (holdsOne || server.walSenders() < server.maxWalSenders()) {
            return List.of();
        }
        return List.of(Finding.error(
                        OptionNames.DATABASE_HOSTNAME,
                        "All " + server.walSenders() + " walsenders of the server are in use (max_wal_senders = "
                                + server.maxWalSenders() + ")",
                        "The connector cannot open a replication connection",
                        setting("max_wal_senders", server.maxWalSenders() + 10, server.provider()))
                .until(Awaited.FREE_WALSENDER));
    }

    /** How to change a setting that the server reads only at startup. */
    static Fix setting(String name, Object value, Provider provider) {
        return switch (provider) {
            case SELF_MANAGED ->
                new Fix.Sql(
                        List.of("ALTER SYSTEM SET " + name + " = " + value),
                        "restart Postgres: the setting is read only at startup");
            case AMAZON_RDS ->
                new Fix.Advice(
                        name.equals("wal_level")
                                ? "set rds.logical_replication = 1 in the DB parameter group and reboot the instance"
                                : "set " + name + " = " + value + " in the DB parameter group and reboot the instance");
            case GOOGLE_CLOUD ->
                new Fix.Advice(
                        name.equals("wal_level")
                                ? "set the flag cloudsql.logical_decoding (AlloyDB: alloydb.logical_decoding) to on;"
                                        + " the instance restarts"
                                : "set the flag " + name + " to " + value + "; the instance restarts");
            case AZURE ->
                new Fix.Advice("set the server parameter " + name + " to " + value + " and restart the server");
        };
    }
}
