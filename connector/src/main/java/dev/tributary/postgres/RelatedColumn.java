// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A column of a table, and another column that has values in common with it: that of the same name of a table that it
 * is a partition of or inherits from, or the other way round; or one that it is generated from, in one of these tables.
 *
 * @param oid the oid of the table, which stays the same if the table is renamed
 * @param table the table
 * @param partitioned whether the table is partitioned, so that all its rows are those of its partitions
 * @param number the number of the column, which stays the same if the column is renamed
 * @param name the name of the column
 * @param relative the table of the other column; null if the row describes the column itself
 * @param relativeName the name of the other column
 * @param below whether the other table is a partition of this one, or inherits from it
 */
public record RelatedColumn(
        long oid,
        TableName table,
        boolean partitioned,
        int number,
        String name,
        @Nullable TableName relative,
        @Nullable String relativeName,
        boolean below) {

    /** The column with its table: the form that options which list columns match. */
    public String text() {
        return table + "." + name;
    }

    /** The same for the other column. */
    public String relativeText() {
        return relative == null ? text() : relative + "." + relativeName;
    }

    /** Whether the column is generated from the other one. */
    public boolean generated() {
        return relative != null && !name.equals(relativeName);
    }
}
