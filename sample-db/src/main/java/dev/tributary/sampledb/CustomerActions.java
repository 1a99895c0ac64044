// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.SQLException;
import java.util.UUID;

/** Customers join, move and leave. */
final class CustomerActions {

    private static final String TABLE = "customers";

    private CustomerActions() {}

    record Joins(UUID number, String name, String street) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            memory.customers.add(
                    transaction.insertReturningKey(TABLE, """
                    INSERT INTO shop.customers (customer_no, name, email, address, labels)
                    VALUES (?, ?, ?, jsonb_build_object('street', ?::text, 'city', 'Ghent'), '{retail,new}')
                    RETURNING id""", number, name, number + "@example.com", street));
        }
    }

    record Moves(long customer, String street) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(
                    RowOperation.UPDATE,
                    TABLE,
                    "UPDATE shop.customers SET address = jsonb_set(address, '{street}', to_jsonb(?::text)) WHERE id = ?",
                    street,
                    customer);
        }
    }

    record Leaves(long customer) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(RowOperation.DELETE, TABLE, "DELETE FROM shop.customers WHERE id = ?", customer);
            memory.customers.remove(customer);
        }
    }
}
