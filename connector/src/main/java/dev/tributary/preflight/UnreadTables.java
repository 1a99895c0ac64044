// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.CatalogTable;
import dev.tributary.postgres.TableName;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Tables whose rows the connector will read while it streams, because they are new to it: {@code new.tables=backfill}.
 */
final class UnreadTables {

    private UnreadTables() {}

    /**
     * Whether the rows of a captured table are still to be read by a connector that does not begin with a snapshot. A
     * stored offset says which tables it knows; that of Debezium's connector says nothing, and then all are known. In a
     * validation there is none, and tables that the running task does not capture, or that are not published, are new.
     */
    static Predicate<CatalogTable> of(PreflightRequest request, Facts facts) {
        var backfill = request.snapshot().backfill();
        if (!backfill.isOn()) {
            return table -> false;
        }
        var sent = backfill.sent();
        if (sent != null) {
            return table -> !isSent(table, sent, facts) && !isStreamed(table, request, facts);
        }
        if (request.slot().storedPosition() != null || request.connector().running()) {
            return table -> false;
        }
        var running = Objects.requireNonNullElse(backfill.running(), table -> true);
        var published = PublicationChecks.published(request, facts);
        Predicate<TableName> known =
                table -> running.test(table) && (facts.publication() == null || published.contains(table));
        return table -> !known.test(table.name()) && facts.ancestors(table).noneMatch(known);
    }

    /** A new partition, of a table that is published. */
    private static boolean isStreamed(CatalogTable table, PreflightRequest request, Facts facts) {
        return facts.streamed().contains(table.oid())
                && PublicationChecks.published(request, facts).contains(table.name());
    }

    /** Rows can have been sent under the name of the table, of one that it is a partition of, or of its partitions. */
    private static boolean isSent(CatalogTable table, Map<TableName, String> sent, Facts facts) {
        return isIn(sent, table)
                || facts.ancestors(table).anyMatch(sent::containsKey)
                || (table.kind() == CatalogTable.Kind.PARTITIONED_TABLE
                        && facts.leaves(table).stream().anyMatch(leaf -> sent.containsKey(leaf.name())));
    }

    /** An identity is the oid, which that of a partition ends with, and that of a partitioned table begins with. */
    private static boolean isIn(Map<TableName, String> sent, CatalogTable table) {
        var identity = sent.get(table.name());
        var oid = Long.toString(table.oid());
        return identity != null
                && (identity.equals(oid) || identity.startsWith(oid + ">") || identity.endsWith(">" + oid));
    }
}
