// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Reads the current state of the shop, in a deterministic order. */
final class ShopMemoryLoader {

    private final Connection connection;
    private final ShopMemory memory = new ShopMemory();

    ShopMemoryLoader(Connection connection) {
        this.connection = connection;
    }

    ShopMemory load() throws SQLException {
        each("SELECT id FROM shop.customers ORDER BY id", row -> memory.customers.add(row.getLong(1)));
        each("SELECT id FROM shop.products ORDER BY id", row -> memory.products.add(row.getLong(1)));
        each("""
                SELECT o.id, o.customer_id, o.status::text,
                       array(SELECT l.product_id FROM shop.order_lines l WHERE l.order_id = o.id ORDER BY l.line_no)
                FROM shop.orders o ORDER BY o.id""", this::order);
        each("SELECT id FROM shop.sensor_readings ORDER BY id", row -> memory.rememberReading(row.getLong(1)));
        each(
                "SELECT id, published_at IS NULL FROM shop.outbox ORDER BY created_at, id",
                row -> (row.getBoolean(2) ? memory.unpublished : memory.published).add(row.getObject(1, UUID.class)));
        return memory;
    }

    private void order(ResultSet row) throws SQLException {
        long key = row.getLong(1);
        List<Long> products = Stream.of((Long[]) row.getArray(4).getArray()).toList();
        memory.remember(key, new ShopMemory.Order(row.getLong(2), products));
        if (products.isEmpty()) {
            // Not placed by the traffic, and without a line to correct, so the traffic does not use it.
            return;
        }
        switch (row.getString(3)) {
            case "placed" -> memory.placed.add(key);
            case "paid" -> memory.paid.add(key);
            default -> memory.closed.add(key);
        }
    }

    private void each(String sql, RowReader reader) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                reader.read(rows);
            }
        }
    }

    @FunctionalInterface
    private interface RowReader {
        void read(ResultSet row) throws SQLException;
    }
}
