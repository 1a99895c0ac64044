// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.config.ColumnList.Use;
import dev.tributary.config.OptionNames;
import dev.tributary.postgres.CatalogColumn;
import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.CatalogTable.ReplicaIdentity;
import dev.tributary.preflight.Finding.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Checks whether the old row that the WAL has contains the key of the record. The WAL has only the replica identity of
 * a row that was updated or deleted, and the key of a record can have other columns.
 */
final class RecordKeyChecks {

    private RecordKeyChecks() {}

    /** The columns that the key of a table's records is made from; none if they have no key. */
    static List<String> key(CatalogTable table, PreflightRequest request, Facts facts) {
        var carrier = carrier(table, request, facts);
        var chosen = chosen(carrier, request, facts);
        return chosen.isEmpty() ? carrier.keyColumns() : chosen;
    }

    /** The columns that the option chooses, as expressions, if the columns of the table are known. */
    private static List<String> chosen(CatalogTable carrier, PreflightRequest request, Facts facts) {
        var named = request.tables().keyColumns().apply(carrier.name());
        var lists = request.tables().columns().lists().stream()
                .filter(list -> list.use() == Use.KEY)
                .toList();
        return named.isEmpty() || lists.isEmpty()
                ? named
                : facts.columns().stream()
                        .filter(column -> column.table().equals(carrier.name()))
                        .map(CatalogColumn::name)
                        .filter(column -> lists.get(0).matches().test(carrier.name() + "." + column))
                        .toList();
    }

    /** The table whose name the changes of a table carry. */
    static CatalogTable carrier(CatalogTable table, PreflightRequest request, Facts facts) {
        if (!PartitionChecks.viaRoot(request, facts)) {
            return table;
        }
        var names = facts.ancestors(table).toList();
        return facts.captured().stream()
                .filter(root -> names.contains(root.name()))
                .max((one, other) -> Integer.compare(names.indexOf(one.name()), names.indexOf(other.name())))
                .orElse(table);
    }

    /** Whether a replica identity of these columns leaves out a column of the key. */
    static boolean isOutside(Collection<String> identity, CatalogTable table, PreflightRequest request, Facts facts) {
        return !identity.containsAll(key(table, request, facts));
    }

    static List<Finding> inIdentity(PreflightRequest request, Facts facts) {
        if (isHarmless(request, facts)) {
            return List.of();
        }
        var settable = ChosenIdentities.settable(request, facts);
        var outside = facts.written()
                .filter(table -> table.identityUsable() && table.replicaIdentity() != ReplicaIdentity.FULL)
                .filter(table -> !settable.contains(table))
                .filter(table -> isOutside(table.identityColumns(), table, request, facts))
                .toList();
        var chosen = outside.stream()
                .filter(table ->
                        !chosen(carrier(table, request, facts), request, facts).isEmpty())
                .toList();
        var findings = new ArrayList<Finding>();
        if (!chosen.isEmpty()) {
            findings.add(finding(
                    Severity.WARNING,
                    OptionNames.MESSAGE_KEY_COLUMNS,
                    "The key that message.key.columns chooses is not part of the replica identity: ",
                    chosen,
                    request,
                    facts));
        }
        var others = outside.stream().filter(table -> !chosen.contains(table)).toList();
        if (!others.isEmpty()) {
            findings.add(finding(
                    stops(facts) && !Past.hasCaptured(request, facts) ? Severity.ERROR : Severity.WARNING,
                    OptionNames.TABLE_INCLUDE_LIST,
                    "The key of the records is not part of the replica identity: ",
                    others,
                    request,
                    facts));
        }
        return findings;
    }

    private static Finding finding(
            Severity severity,
            String option,
            String what,
            List<CatalogTable> tables,
            PreflightRequest request,
            Facts facts) {
        return new Finding(
                severity,
                option,
                what + Names.of(tables),
                consequence(option, request, facts),
                fix(tables, request, facts));
    }

    private static String consequence(String option, PreflightRequest request, Facts facts) {
        var update = "f an update changes the key, consumers keep the row under the old key as well";
        if (!stops(facts)) {
            return "The WAL does not have these columns of the old row. I" + update;
        }
        // Only the task knows whether there is an offset.
        var unknown = request.connector().validating()
                && !option.equals(OptionNames.MESSAGE_KEY_COLUMNS)
                && Past.hasCaptured(request, facts);
        return "The WAL does not have these columns of a deleted row. So the task stops at the first delete, and i"
                + update + (unknown ? ". A task without an offset to resume from does not start" : "");
    }

    /**
     * Whether the key of an old row is in no event that is sent: that of a deleted row, or of one whose key changes.
     */
    static boolean isHarmless(PreflightRequest request, Facts facts) {
        return request.publication().skipped().contains("d") || IdentityChecks.isHarmless(request, facts);
    }

    /** Whether the task stops where the key of an old row is missing: at a delete, if those are published. */
    private static boolean stops(Facts facts) {
        var publication = facts.publication();
        return publication == null || publication.deletes();
    }

    private static Fix fix(List<CatalogTable> tables, PreflightRequest request, Facts facts) {
        var statements = new ArrayList<String>();
        for (var table : tables) {
            if (servesByDefault(table, request, facts)) {
                statements.add(IdentityChecks.alter(table, "DEFAULT"));
            } else if (IdentityChecks.hasVirtual(table, facts)) {
                return new Fix.Advice("give each table a replica identity that contains the key; FULL is not possible"
                        + " for a published table with virtual generated columns");
            } else {
                if (IdentityChecks.lacksStored(table, facts)) {
                    // Otherwise FULL would make Postgres reject updates of the table.
                    statements.add(0, IdentityChecks.publishStored(request));
                }
                statements.add(IdentityChecks.alter(table, "FULL"));
            }
        }
        return new Fix.Sql(statements.stream().distinct().toList(), "");
    }

    /** Whether the primary key serves as the identity, and contains the key of the records. */
    private static boolean servesByDefault(CatalogTable table, PreflightRequest request, Facts facts) {
        return table.identifiedByKey()
                && !request.tables().needsOldRow()
                && !isOutside(table.keyColumns(), table, request, facts);
    }
}
