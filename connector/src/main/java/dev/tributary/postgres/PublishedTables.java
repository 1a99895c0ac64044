// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Under which names a publication's changes are streamed. */
public final class PublishedTables {

    private static final String SQL =
            "SELECT schemaname, tablename FROM pg_catalog.pg_publication_tables WHERE pubname = ?";

    private PublishedTables() {}

    /** Partitions, or with {@code publish_via_partition_root} what they are partitions of. None if there is no publication. */
    public static List<TableName> read(Connection connection, String publication) throws SQLException {
        return Database.rows(connection, SQL, row -> new TableName(row.getString(1), row.getString(2)), publication);
    }
}
