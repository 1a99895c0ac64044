// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What was committed: triggers write each change of the captured tables into {@code truth.change}, in the transaction
 * of the change. So a rollback, a lost commit and a promotion take the change away here as well.
 */
public final class Truth {

    /** The schema that has the truth. It must not be published. */
    public static final String SCHEMA = "truth";

    private static final int FETCH_SIZE = 5_000;
    private static final String LSN = "(coalesce(tx.lsn, change.lsn) - '0/0'::pg_lsn)::bigint";

    private Truth() {}

    /** Creates all tables of {@link LoadTable}, the schema {@value #SCHEMA} and the triggers, in one transaction. */
    public static void create(Connection connection) throws SQLException {
        List<String> statements = new ArrayList<>(TruthSchema.STATEMENTS);
        for (LoadTable table : LoadTable.values()) {
            statements.addAll(table.creation());
            statements.addAll(TruthSchema.functions(table));
            statements.addAll(triggers(table, table.relation()));
        }
        Transaction.on(connection, open -> {
            try (Statement statement = open.createStatement()) {
                for (String sql : statements) {
                    statement.execute(sql);
                }
            }
            return statements.size();
        });
    }

    /**
     * The statements that put the triggers on a table, for one that takes the place of another.
     *
     * @param name the name of the table, which may differ from the relation
     */
    public static List<String> triggers(LoadTable table, String name) {
        return TruthSchema.triggers(table, name);
    }

    /** All changes, sorted by {@link Change#seq()}. */
    public static List<Change> changes(Connection connection) throws SQLException {
        List<Change> changes = new ArrayList<>();
        forEachChange(connection, changes::add);
        return changes;
    }

    /** Reads all changes, sorted by {@link Change#seq()}, without holding more than some thousand in memory. */
    public static void forEachChange(Connection connection, Consumer<Change> action) throws SQLException {
        read(
                connection,
                "SELECT seq, tag, relation, key, op::text, digest, " + LSN + ", xid::text::bigint"
                        + " FROM truth.change LEFT JOIN truth.tx USING (xid)" + " ORDER BY seq",
                row -> action.accept(new Change(
                        row.getLong(1),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5).charAt(0),
                        row.getString(6),
                        row.getLong(7),
                        row.getLong(8))));
    }

    /** The rows of a table under its initial name: the tag by the key, or by itself if the table has no key. */
    public static Map<String, String> rows(Connection connection, LoadTable table) throws SQLException {
        return rows(connection, table, table.relation());
    }

    /**
     * The rows of a table: the tag by the key, or by itself if the table has no key.
     *
     * @param name the name of the table now
     */
    public static Map<String, String> rows(Connection connection, LoadTable table, String name) throws SQLException {
        Map<String, String> rows = new HashMap<>();
        String key = table.hasKey() ? TruthSchema.key(table, "r") : "r.tag";
        read(
                connection,
                "SELECT " + key + ", r.tag FROM " + name + " AS r",
                row -> rows.put(row.getString(1), row.getString(2)));
        return rows;
    }

    private static void read(Connection connection, String query, RowAction action) throws SQLException {
        // A cursor, and with it the fetch size, needs a transaction.
        Transaction.on(connection, open -> {
            int count = 0;
            try (Statement statement = open.createStatement()) {
                statement.setFetchSize(FETCH_SIZE);
                try (ResultSet row = statement.executeQuery(query)) {
                    while (row.next()) {
                        action.accept(row);
                        count++;
                    }
                }
            }
            return count;
        });
    }

    private interface RowAction {
        void accept(ResultSet row) throws SQLException;
    }
}
