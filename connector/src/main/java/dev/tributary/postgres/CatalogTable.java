// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A relation that a user made: a table, or what can be mistaken for one.
 *
 * @param name its name
 * @param kind what it is
 * @param unlogged whether it is {@code UNLOGGED}, so that its changes never reach the WAL
 * @param parent the partitioned table it is a partition of; null when it is none
 * @param replicaIdentity what the WAL keeps of the old row
 * @param identityUsable whether that identifies a row: false for {@code NOTHING}, for {@code DEFAULT} without an
 *     immediate primary key, and for an index that is gone. Postgres then refuses an update or delete once it is
 *     published
 * @param primaryKey whether it has a primary key
 * @param uniqueIndex a unique index over plain columns, from which Debezium takes the record key when there is no primary
 *     key; null when there is none or a primary key
 * @param storedGenerated columns {@code GENERATED ALWAYS AS (…) STORED}
 * @param virtualGenerated columns {@code GENERATED ALWAYS AS (…) VIRTUAL} (Postgres 18)
 * @param access what this role may do with it
 * @param estimatedRows rows as the last vacuum or analyze counted them; -1 when there was none
 * @param sizeBytes size of its main fork as the last vacuum or analyze found it; 0 for one that holds no rows itself
 */
public record CatalogTable(
        TableName name,
        Kind kind,
        boolean unlogged,
        @Nullable TableName parent,
        ReplicaIdentity replicaIdentity,
        boolean identityUsable,
        boolean primaryKey,
        @Nullable String uniqueIndex,
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
     * What the role that is logged in may do.
     *
     * @param owner role that owns the table
     * @param owned whether this role has the owner's privileges
     * @param schemaUsable whether it holds {@code USAGE} on the schema
     * @param selectable whether it holds {@code SELECT} on the table, or on each of its columns
     */
    public record Access(String owner, boolean owned, boolean schemaUsable, boolean selectable) {}

    public CatalogTable {
        storedGenerated = List.copyOf(storedGenerated);
        virtualGenerated = List.copyOf(virtualGenerated);
    }

    /** Whether a publication can hold it: a table or partitioned table whose changes reach the WAL. */
    public boolean publishable() {
        return !unlogged && (kind == Kind.TABLE || kind == Kind.PARTITIONED_TABLE);
    }
}
