// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.OptionalLong;

/** The shop: orders with their lines, customers, stock. */
final class ShopActions {

    /** A customer has an id from 0, or after a change of the key {@code id + CUSTOMERS}. */
    static final int CUSTOMERS = 1_000;

    /** The ids of the stock, from 0. Not all exist at all times. */
    static final int STOCK = 600;

    private ShopActions() {}

    static void order(Work work) throws SQLException {
        int lines = work.between(1, 5);
        long order = work.number(
                        "INSERT INTO orders (customer, note, total) VALUES (?, ?, ?) RETURNING id",
                        work.random().nextInt(CUSTOMERS),
                        work.chance(30) ? null : work.text(),
                        new BigDecimal("19.90").multiply(BigDecimal.valueOf(lines)))
                .orElseThrow();
        for (int line = 1; line <= lines; line++) {
            work.update(
                    "INSERT INTO order_line (order_id, line, product, quantity, price) VALUES (?, ?, ?, ?, 19.90)",
                    order,
                    line,
                    work.text(),
                    work.between(1, 9));
        }
    }

    static void changeOrder(Work work) throws SQLException {
        OptionalLong found = someOrder(work);
        if (found.isEmpty()) {
            return;
        }
        long order = found.getAsLong();
        switch (work.random().nextInt(4)) {
            case 0 -> work.update("UPDATE orders SET paid = true, status = 'paid' WHERE id = ?", order);
            case 1 -> work.update("UPDATE orders SET note = ? WHERE id = ?", work.text(), order);
            case 2 -> work.update("UPDATE order_line SET quantity = quantity + 1 WHERE order_id = ?", order);
            default -> replaceLastLine(work, order);
        }
    }

    static void cancelOrder(Work work) throws SQLException {
        OptionalLong oldest = work.number("SELECT id FROM orders ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED");
        if (oldest.isPresent()) {
            work.update("DELETE FROM order_line WHERE order_id = ?", oldest.getAsLong());
            work.update("DELETE FROM orders WHERE id = ?", oldest.getAsLong());
        }
    }

    static void renameCustomer(Work work) throws SQLException {
        int id = work.random().nextInt(CUSTOMERS);
        String column = work.chance(50) ? "name" : "mail";
        String value = column.equals("mail") && work.chance(20) ? null : work.text();
        work.update("UPDATE customer SET " + column + " = ? WHERE id IN (?, ?)", value, id, id + CUSTOMERS);
    }

    /** Moves a customer to the other id that it can have, or back. */
    static void changeCustomerKey(Work work) throws SQLException {
        int id = work.ownId(CUSTOMERS);
        if (work.update("UPDATE customer SET id = ? WHERE id = ?", id + CUSTOMERS, id) == 0) {
            work.update("UPDATE customer SET id = ? WHERE id = ?", id, id + CUSTOMERS);
        }
    }

    static void changeStock(Work work) throws SQLException {
        int id = work.random().nextInt(STOCK);
        work.update("UPDATE stock SET amount = amount + 1, available = NOT available WHERE id = ?", id);
    }

    /** Deletes an item if it exists and inserts it otherwise, so that both are in different transactions. */
    static void toggleStock(Work work) throws SQLException {
        int id = work.ownId(STOCK);
        if (work.update("DELETE FROM stock WHERE id = ?", id) == 0) {
            insertStock(work, id);
        }
    }

    static void replaceStock(Work work) throws SQLException {
        int id = work.ownId(STOCK);
        work.update("DELETE FROM stock WHERE id = ?", id);
        insertStock(work, id);
    }

    private static void insertStock(Work work, int id) throws SQLException {
        work.update(
                "INSERT INTO stock (id, product, amount) VALUES (?, ?, ?)",
                id,
                work.chance(10) ? null : work.text(),
                work.between(0, 500));
    }

    private static void replaceLastLine(Work work, long order) throws SQLException {
        // The lock keeps others from doing the same with this order.
        if (work.number("SELECT id FROM orders WHERE id = ? FOR UPDATE", order).isEmpty()) {
            return;
        }
        OptionalLong last = work.number("SELECT max(line) FROM order_line WHERE order_id = ?", order);
        if (last.isPresent()) {
            int line = Math.toIntExact(last.getAsLong());
            work.update("DELETE FROM order_line WHERE order_id = ? AND line = ?", order, line);
            work.update(
                    "INSERT INTO order_line (order_id, line, product, quantity) VALUES (?, ?, ?, ?)",
                    order,
                    line,
                    work.text(),
                    work.between(1, 9));
        }
    }

    private static OptionalLong someOrder(Work work) throws SQLException {
        return work.number(
                "SELECT id FROM orders ORDER BY id DESC LIMIT 1 OFFSET ?",
                work.random().nextInt(200));
    }
}
