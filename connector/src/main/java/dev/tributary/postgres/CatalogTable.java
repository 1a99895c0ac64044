// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A relation that a user created, as the catalog describes it: a table, or something that can be queried like one.
 *
 * @param oid its oid, which another table with the same name does not have
 * @param name its name
 * @param kind what it is
 * @param unlogged whether it is {@code UNLOGGED}, so that its changes are not in the WAL
 * @param parent the partitioned table it is a partition of; null when it is not a partition
 * @param inherited whether other tables inherit from it, which are not its partitions
 * @param replicaIdentity what the WAL keeps of the old row
 * @param identityUsable whether that identifies a row: false for {@code NOTHING}, for {@code DEFAULT} without an
 *     immediate primary key, and for an index that no longer exists. Postgres then rejects updates and deletes once the
 *     table is published
 * @param identityColumns the columns of the index that identifies a row; empty when the identity is none or
 *     {@code FULL}
 * @param identityIndexes the indexes that can be the replica identity, with their columns: unique, immediate, of plain
 *     columns that are all {@code NOT NULL}
 * @param primaryKey whether it has a primary key
 * @param uniqueIndex a unique index over plain columns, from which Debezium takes the record key when there is no
 *     primary key; null when there is no such index or there is a primary key
 * @param keyColumns the columns of the primary key, or of that index
 * @param storedGenerated columns {@code GENERATED ALWAYS AS (…) STORED}
 * @param virtualGenerated columns {@code GENERATED ALWAYS AS (…) VIRTUAL} (Postgres 18)
 * @param access the privileges of this role
 * @param estimatedRows the number of rows at the last vacuum or analyze; -1 when there was none
 * @param sizeBytes the size of its main fork at the last vacuum or analyze; 0 if it holds no rows itself
 */
public record CatalogTable(
        long oid,
        TableName name,
        Kind kind,
        boolean unlogged,
        @Nullable TableName parent,
        boolean inherited,
        ReplicaIdentity replicaIdentity,
        boolean identityUsable,
        List<String> identityColumns,
        Map<String, List<String>> identityIndexes,
        boolean primaryKey,
        @Nullable String uniqueIndex,
        List<String> keyColumns,
        List<String> storedGenerated,
        List<String> virtualGenerated,
        Access access,
        long estimatedRows,
        long sizeBytes) {

    /** What a relation is: {@code pg_class.relkind}. */
    public enum Kind {
        TABLE,
        PARTITIONED_TABLE,
        FOREIGN_TABLE,
        VIEW,
        MATERIALIZED_VIEW
    }

    /** What the WAL keeps of the old row: {@code pg_class.relreplident}. */
    public enum ReplicaIdentity {
        DEFAULT,
        NOTHING,
        FULL,
        INDEX
    }

    /**
     * The privileges of the role that is logged in.
     *
     * @param owner role that owns the table
     * @param owned whether this role has the owner's privileges
     * @param schemaUsable whether it holds {@code USAGE} on the schema
     * @param selectable whether it holds {@code SELECT} on the table, or on each of its columns
     * @param filtered whether row-level security can hide rows of it from this role
     */
    public record Access(String owner, boolean owned, boolean schemaUsable, boolean selectable, boolean filtered) {

        /** Whether this role can read all rows. */
        public boolean readable() {
            return schemaUsable && selectable && !filtered;
        }
    }

    public CatalogTable {
        identityColumns = List.copyOf(identityColumns);
        identityIndexes = Map.copyOf(identityIndexes);
        keyColumns = List.copyOf(keyColumns);
        storedGenerated = List.copyOf(storedGenerated);
        virtualGenerated = List.copyOf(virtualGenerated);
    }

    /** Whether the primary key can be the replica identity, which a deferrable one cannot. */
    public boolean identifiedByKey() {
        return primaryKey && identityIndexes.containsValue(keyColumns);
    }

    /** Whether one of these columns is part of the replica identity. */
    public boolean identityContainsAny(List<String> columns) {
        return replicaIdentity == ReplicaIdentity.FULL
                ? !columns.isEmpty()
                : columns.stream().anyMatch(identityColumns::contains);
    }

    /** Whether a publication can include it: a table or partitioned table whose changes are in the WAL. */
    public boolean publishable() {
        return !unlogged && (kind == Kind.TABLE || kind == Kind.PARTITIONED_TABLE);
    }
}
