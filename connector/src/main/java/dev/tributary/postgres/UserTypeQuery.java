// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link UserType}s. */
public final class UserTypeQuery {

    /** Smaller OIDs belong to the types that Postgres comes with (FirstNormalObjectId in its access/transam.h). */
    public static final int FIRST_OID = 16_384;

    private static final String SQL = """
            SELECT t.oid::bigint AS oid, n.nspname, t.typname, t.typtype, t.typtypmod, t.typdelim,
                   t.typinput = 'pg_catalog.array_in'::pg_catalog.regproc AS is_array,
                   CASE WHEN t.typcategory = 'A' THEN t.typelem::bigint ELSE 0 END AS element,
                   t.typbasetype::bigint AS base,
                   ARRAY(SELECT e.enumlabel::text FROM pg_catalog.pg_enum e WHERE e.enumtypid = t.oid
                          ORDER BY e.enumsortorder) AS labels
              FROM pg_catalog.pg_type t
              JOIN pg_catalog.pg_namespace n ON n.oid = t.typnamespace
             WHERE n.nspname <> 'pg_toast' AND t.oid >= 16384""";

    private UserTypeQuery() {}

    /** Every such type of the database. */
    public static List<UserType> all(Connection connection) throws SQLException {
        return read(connection, "", 0);
    }

    /** The type with an OID, if it exists. */
    public static List<UserType> withOid(Connection connection, int oid) throws SQLException {
        return read(connection, " AND t.oid = ?", Integer.toUnsignedLong(oid));
    }

    /** The types with a name, in any schema. */
    public static List<UserType> named(Connection connection, String name) throws SQLException {
        return read(connection, " AND t.typname = ?", name);
    }

    /** Every enum. */
    public static List<UserType> enums(Connection connection) throws SQLException {
        return read(connection, " AND t.typtype = ?", "e");
    }

    private static List<UserType> read(Connection connection, String condition, Object parameter) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(SQL + condition)) {
            if (!condition.isEmpty()) {
                statement.setObject(1, parameter);
            }
            try (ResultSet rows = statement.executeQuery()) {
                List<UserType> types = new ArrayList<>();
                while (rows.next()) {
                    types.add(type(rows));
                }
                return types;
            }
        }
    }

    private static UserType type(ResultSet row) throws SQLException {
        Array labels = row.getArray("labels");
        return new UserType(
                (int) row.getLong("oid"),
                row.getString("nspname"),
                row.getString("typname"),
                UserType.Kind.of(row.getString("typtype"), row.getBoolean("is_array")),
                (int) row.getLong("element"),
                (int) row.getLong("base"),
                row.getInt("typtypmod"),
                row.getString("typdelim").charAt(0),
                List.of((String[]) labels.getArray()));
    }
}
