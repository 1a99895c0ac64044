// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/** Reads columns of a catalog row as types for which JDBC has no getter. */
final class Columns {

    private Columns() {}

    static List<String> texts(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? List.of() : List.of((String[]) array.getArray());
    }

    static @Nullable LogSequenceNumber lsn(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : LogSequenceNumber.valueOf(text);
    }

    static @Nullable Long longOrNull(ResultSet row, String column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    static @Nullable Integer intOrNull(ResultSet row, String column) throws SQLException {
        var value = row.getInt(column);
        return row.wasNull() ? null : value;
    }
}
