// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The rows of the beginning. */
final class LoadContent {

    private static final int ORDERS = 800;
    private static final int LOGGED = 1_000;
    private static final int MEASURED = 2_000;

    /** What the tables other than {@code bulk} have, about. */
    private static final int FIXED = Bank.ACCOUNTS
            + Bank.SAVINGS / 2
            + ShopActions.CUSTOMERS
            + ShopActions.STOCK
            + 4 * ORDERS
            + DocumentActions.DOCUMENTS
            + LOGGED
            + MEASURED
            + 500;

    private LoadContent() {}

    /**
     * Inserts it.
     *
     * @param rows how many over all tables, about; at least the some thousand that the load needs
     */
    static void insert(Connection connection, int rows) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements(Math.max(0, rows - FIXED))) {
                statement.execute(sql);
            }
        }
    }

    private static List<String> statements(int bulk) {
        return List.of(
                "INSERT INTO account (id, owner, balance) SELECT n, md5(n::text), " + Bank.INITIAL + " FROM "
                        + series(Bank.ACCOUNTS),
                "INSERT INTO savings (id, holder, balance) SELECT n, 'holder ' || n, " + Bank.INITIAL + " FROM "
                        + series(Bank.SAVINGS / 2),
                "INSERT INTO customer (id, name, mail, labels, profile) SELECT n, 'customer ' || n, n || '@example.com',"
                        + " ARRAY['a', NULL, 'b' || n], jsonb_build_object('n', n) FROM "
                        + series(ShopActions.CUSTOMERS),
                "INSERT INTO stock (id, product, amount) SELECT n, 'product ' || n, n FROM "
                        + series(ShopActions.STOCK),
                "INSERT INTO orders (customer, note, total) SELECT n, 'order ' || n, n FROM " + series(ORDERS),
                "INSERT INTO order_line (order_id, line, product, quantity) SELECT id, line, 'product ' || line, 1"
                        + " FROM orders, generate_series(1, 3) AS line",
                "INSERT INTO document (id, title, body, revision) SELECT n, 'document ' || n, "
                        + DocumentActions.BODY.formatted("n", "31 + n * 7919 % " + (DocumentActions.PIECES - 31))
                        + ", 0 FROM " + series(DocumentActions.DOCUMENTS),
                "INSERT INTO event_log (source, message) SELECT n % " + LogActions.SOURCES + ", 'event ' || n FROM "
                        + series(LOGGED),
                "INSERT INTO measurement (id, sensor, level, value) SELECT n * " + LogActions.MEASUREMENTS / MEASURED
                        + ", 'sensor ' || n, n, n / 3.0 FROM " + series(MEASURED),
                "INSERT INTO scratch (id, note) SELECT n, 'note ' || n FROM " + series(500),
                "INSERT INTO bulk (id, batch, note) SELECT n, 0, md5(n::text) FROM " + series(bulk),
                "INSERT INTO pulse (id, n) VALUES (1, 0)");
    }

    private static String series(int rows) {
        return "generate_series(0, " + (rows - 1) + ") AS n";
    }
}
