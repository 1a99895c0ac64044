// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.ReplicaIdentity;
import java.util.ArrayList;
import java.util.List;

/** Checks whether rows can be identified: by the key of the record, and by what the WAL keeps of the old row. */
final class KeyChecks {

    private KeyChecks() {}

    static List<Finding> key(PreflightRequest request, Facts facts) {
        var withoutKey = facts.publishable()
                .filter(table ->
                        !table.primaryKey() && !request.tables().keyed().test(table.name()))
                .toList();
        var findings = new ArrayList<Finding>();
        var keyless =
                withoutKey.stream().filter(table -> table.uniqueIndex() == null).toList();
        if (!keyless.isEmpty()) {
            findings.add(Finding.warning(
                    OptionNames.TABLE_INCLUDE_LIST,
                    "Tables without a primary key: " + Names.of(keyless),
                    "Their records have no key, so the changes of a row are spread over the topic's partitions and lose"
                            + " their order, and the topic cannot be compacted",
                    new Fix.Advice("add a primary key to each (ALTER TABLE "
                            + keyless.get(0).name().quoted()
                            + " ADD PRIMARY KEY (…)), or choose key columns with message.key.columns: "
                            + keyless.get(0).name() + ":column")));
        }
        var indexed =
                withoutKey.stream().filter(table -> table.uniqueIndex() != null).toList();
        if (!indexed.isEmpty()) {
            findings.add(Finding.info(
                    OptionNames.TABLE_INCLUDE_LIST,
                    "Tables with a unique index but no primary key: " + Names.of(indexed),
                    "The record key is taken from the unique index, so rows with a null in it can have the same key",
                    new Fix.Advice("add a primary key to each, or choose key columns with message.key.columns")));
        }
        return findings;
    }

    static List<Finding> identity(PreflightRequest request, Facts facts) {
        var publication = facts.publication();
        if (publication != null && !publication.updates() && !publication.deletes()) {
            return List.of();
        }
        var refused = facts.written().filter(table -> !table.identityUsable()).toList();
        if (refused.isEmpty()) {
            return List.of();
        }
        return List.of(Finding.warning(
                OptionNames.TABLE_INCLUDE_LIST,
                "Tables without a usable replica identity: " + Names.of(refused),
                "Once they are published, Postgres rejects every UPDATE and DELETE on them, so the applications that"
                        + " write to them FAIL",
                new Fix.Sql(
                        refused.stream()
                                .map(table -> alter(table, identityFor(table, request)))
                                .toList(),
                        "")));
    }

    static List<Finding> oldRow(PreflightRequest request, Facts facts) {
        if (!request.tables().needsOldRow()) {
            return List.of();
        }
        var partial = facts.written()
                .filter(table -> table.replicaIdentity() != ReplicaIdentity.FULL && table.identityUsable())
                .toList();
        if (partial.isEmpty()) {
            return List.of();
        }
        return List.of(Finding.warning(
                OptionNames.TABLE_INCLUDE_LIST,
                "Tables without REPLICA IDENTITY FULL: " + Names.of(partial),
                "The configuration needs the whole old row, but the WAL keeps no more of it than the key",
                new Fix.Sql(partial.stream().map(table -> alter(table, "FULL")).toList(), "")));
    }

    /** A primary key is enough unless the identity is DEFAULT already: then it is deferrable and identifies no row. */
    private static String identityFor(CatalogTable table, PreflightRequest request) {
        var keyServes = table.primaryKey() && table.replicaIdentity() != ReplicaIdentity.DEFAULT;
        return keyServes && !request.tables().needsOldRow() ? "DEFAULT" : "FULL";
    }

    private static String alter(CatalogTable table, String identity) {
        return "ALTER TABLE " + table.name().quoted() + " REPLICA IDENTITY " + identity;
    }
}
