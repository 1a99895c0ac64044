// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** The life of an order: placed, possibly corrected, paid, shipped or cancelled, and finally deleted. */
final class OrderActions {

    private static final String ORDERS = "orders";
    private static final String LINES = "order_lines";
    private static final String PAYMENTS = "payments";
    private static final String SET_TOTAL = """
            UPDATE shop.orders o
            SET total = (SELECT sum(l.quantity * l.unit_price) FROM shop.order_lines l WHERE l.order_id = o.id)
            WHERE o.id = ?""";

    private OrderActions() {}

    /**
     * A line of an order, at the current price of the product.
     *
     * @param product the product's key
     * @param quantity at least 1
     */
    record Line(long product, int quantity) {}

    record Placed(UUID number, long customer, List<Line> lines) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            long order = transaction.insertReturningKey(
                    ORDERS,
                    "INSERT INTO shop.orders (order_no, customer_id) VALUES (?, ?) RETURNING id",
                    number,
                    customer);
            for (int i = 0; i < lines.size(); i++) {
                transaction.change(
                        RowOperation.INSERT,
                        LINES,
                        """
                        INSERT INTO shop.order_lines (order_id, line_no, product_id, quantity, unit_price)
                        SELECT ?, ?, id, ?, price FROM shop.products WHERE id = ?""",
                        order,
                        i + 1,
                        lines.get(i).quantity(),
                        lines.get(i).product());
            }
            transaction.change(RowOperation.UPDATE, ORDERS, SET_TOTAL, order);
            OutboxActions.write(transaction, memory, number, "OrderPlaced", order);
            memory.placed.add(order);
            memory.remember(
                    order,
                    new ShopMemory.Order(
                            customer, lines.stream().map(Line::product).toList()));
        }
    }

    record Corrected(long order, int line, int quantity) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(
                    RowOperation.UPDATE,
                    LINES,
                    "UPDATE shop.order_lines SET quantity = ? WHERE order_id = ? AND line_no = ?",
                    quantity,
                    order,
                    line);
            transaction.change(RowOperation.UPDATE, ORDERS, SET_TOTAL, order);
        }
    }

    record Paid(long order, UUID reference, String method) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(RowOperation.INSERT, PAYMENTS, """
                    INSERT INTO shop.payments (order_id, amount, method, reference)
                    SELECT id, total, ?, ? FROM shop.orders WHERE id = ?""", method, reference, order);
            setStatus(transaction, order, "paid");
            OutboxActions.write(transaction, memory, reference, "OrderPaid", order);
            memory.placed.remove(order);
            memory.paid.add(order);
        }
    }

    record Shipped(long order, UUID event) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(
                    RowOperation.UPDATE,
                    ORDERS,
                    "UPDATE shop.orders SET status = 'shipped', shipped_at = now() WHERE id = ?",
                    order);
            OutboxActions.write(transaction, memory, event, "OrderShipped", order);
            memory.paid.remove(order);
            memory.closed.add(order);
        }
    }

    record Cancelled(long order, UUID event) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(
                    RowOperation.UPDATE,
                    PAYMENTS,
                    "UPDATE shop.payments SET refunded_at = now() WHERE order_id = ?",
                    order);
            setStatus(transaction, order, "cancelled");
            OutboxActions.write(transaction, memory, event, "OrderCancelled", order);
            memory.paid.remove(order);
            memory.closed.add(order);
        }
    }

    record Deleted(long order) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(RowOperation.DELETE, PAYMENTS, "DELETE FROM shop.payments WHERE order_id = ?", order);
            transaction.change(RowOperation.DELETE, LINES, "DELETE FROM shop.order_lines WHERE order_id = ?", order);
            transaction.change(RowOperation.DELETE, ORDERS, "DELETE FROM shop.orders WHERE id = ?", order);
            memory.forget(order);
        }
    }

    private static void setStatus(ShopTransaction transaction, long order, String status) throws SQLException {
        transaction.change(
                RowOperation.UPDATE,
                ORDERS,
                "UPDATE shop.orders SET status = ?::shop.order_status WHERE id = ?",
                status,
                order);
    }
}
