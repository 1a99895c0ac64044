// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.math.BigDecimal;
import java.sql.SQLException;

/** Products are added, change their price, and are withdrawn. */
final class ProductActions {

    private static final String TABLE = "products";

    private ProductActions() {}

    record Added(String sku, BigDecimal price) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            memory.products.add(transaction.insertReturningKey(TABLE, """
                    INSERT INTO shop.products (sku, name, price, attributes, keywords)
                    VALUES (?, 'Novelty', ?, '{"colour": "white", "weight_g": 250}', '{new}')
                    RETURNING id""", sku, price));
        }
    }

    record PriceChanges(long product, BigDecimal price) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(
                    RowOperation.UPDATE,
                    TABLE,
                    "UPDATE shop.products SET price = ?, changed_at = now() WHERE id = ?",
                    price,
                    product);
        }
    }

    record Withdrawn(long product) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(RowOperation.DELETE, TABLE, "DELETE FROM shop.products WHERE id = ?", product);
            memory.products.remove(product);
        }
    }
}
