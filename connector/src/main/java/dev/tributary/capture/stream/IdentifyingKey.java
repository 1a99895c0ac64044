// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Looks up whether relation messages of a table would show its primary key. Postgres does not use a deferrable key as
 * the replica identity, nor one that a partitioned table does not have on all of its partitions (see
 * {@code RelationGetIndexList} in its relcache.c).
 */
final class IdentifyingKey {

    private static final String SQL = """
            SELECT EXISTS (
              SELECT FROM pg_catalog.pg_index i
               WHERE i.indrelid = ?::bigint::oid AND i.indisprimary AND i.indimmediate AND i.indisvalid)""";

    private IdentifyingKey() {}

    /** Whether a table has such a key now. */
    static boolean exists(Connection connection, long oid) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setLong(1, oid);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }
}
