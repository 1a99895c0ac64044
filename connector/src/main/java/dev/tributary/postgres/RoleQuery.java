// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the {@link Role} that is logged in. */
final class RoleQuery {

    private static final String SQL = """
            SELECT rolname, rolcanlogin, rolreplication, rolsuper,
                   ARRAY(SELECT m.rolname::text FROM pg_roles m
                          WHERE m.rolname IN ('rds_superuser', 'rdsadmin', 'rdsrepladmin', 'rds_replication')
                            AND pg_has_role(r.oid, m.oid, 'MEMBER') ORDER BY 1) AS replication_roles,
                   ARRAY(SELECT m.rolname::text FROM pg_roles m
                          WHERE m.rolname IN ('rds_superuser', 'rdsadmin', 'cloudsqlsuperuser', 'alloydbsuperuser',
                                              'azure_pg_admin')
                            AND pg_has_role(r.oid, m.oid, 'MEMBER') ORDER BY 1) AS admin_roles,
                   has_database_privilege(r.oid, current_database(), 'CREATE') AS may_create
              FROM pg_roles r WHERE rolname = current_user
            """;

    private RoleQuery() {}

    static Role read(Connection connection) throws SQLException {
        return Database.rows(connection, SQL, RoleQuery::role).get(0);
    }

    private static Role role(ResultSet row) throws SQLException {
        return new Role(
                row.getString("rolname"),
                row.getBoolean("rolcanlogin"),
                row.getBoolean("rolreplication"),
                row.getBoolean("rolsuper"),
                Columns.texts(row, "replication_roles"),
                Columns.texts(row, "admin_roles"),
                row.getBoolean("may_create"));
    }
}
