// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A publication and what it publishes.
 *
 * @param name its name
 * @param allTables whether it was created {@code FOR ALL TABLES}
 * @param inserts whether it publishes inserts
 * @param updates whether it publishes updates
 * @param deletes whether it publishes deletes
 * @param truncates whether it publishes truncates
 * @param viaRoot {@code publish_via_partition_root}
 * @param storedGenerated whether it publishes stored generated columns (Postgres 18)
 * @param owner role that owns it
 * @param alterable whether this role may alter it: it is the owner, has the owner's privileges, or is superuser
 * @param youngerThanSlot whether it was created, or changed by {@code ALTER PUBLICATION … SET}, after the moment from
 *     which a slot reads the catalog; false if there is no such slot
 * @param tables the tables it includes, individually or by schema; empty when it includes all
 * @param named the tables that it names, among them partitioned ones, of which {@code tables} may have the partitions
 * @param schemas schemas it names with {@code FOR TABLES IN SCHEMA} (Postgres 15)
 */
public record Publication(
        String name,
        boolean allTables,
        boolean inserts,
        boolean updates,
        boolean deletes,
        boolean truncates,
        boolean viaRoot,
        boolean storedGenerated,
        String owner,
        boolean alterable,
        boolean youngerThanSlot,
        List<PublishedTable> tables,
        List<TableName> named,
        List<String> schemas) {

    /**
     * A table in a publication.
     *
     * @param table its name
     * @param columns the column list; empty when every column is published
     * @param rowFilter the {@code WHERE} expression; null when every row is published
     */
    public record PublishedTable(
            TableName table, List<String> columns, @Nullable String rowFilter) {

        public PublishedTable {
            columns = List.copyOf(columns);
        }
    }

    public Publication {
        tables = List.copyOf(tables);
        named = List.copyOf(named);
        schemas = List.copyOf(schemas);
    }

    /** Whether it includes a table or partitioned table itself, as opposed to its partitions. */
    public boolean names(TableName table) {
        return allTables || named.contains(table) || schemas.contains(table.schema());
    }
}
