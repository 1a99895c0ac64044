// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.sql.SQLException;
import java.util.UUID;

/** Outbox events are written in the transaction that they describe, later marked as published, and finally purged. */
final class OutboxActions {

    private static final String TABLE = "outbox";

    private OutboxActions() {}

    static void write(ShopTransaction transaction, ShopMemory memory, UUID event, String type, long order)
            throws SQLException {
        transaction.change(RowOperation.INSERT, TABLE, """
                INSERT INTO shop.outbox (id, aggregate_type, aggregate_id, event_type, payload)
                SELECT ?, 'order', id::text, ?, jsonb_build_object('orderId', id, 'total', total, 'status', status)
                FROM shop.orders WHERE id = ?""", event, type, order);
        memory.unpublished.add(event);
    }

    record Published(UUID event) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(
                    RowOperation.UPDATE, TABLE, "UPDATE shop.outbox SET published_at = now() WHERE id = ?", event);
            memory.unpublished.remove(event);
            memory.published.add(event);
        }
    }

    record Purged(UUID event) implements ShopAction {
        @Override
        public void perform(ShopTransaction transaction, ShopMemory memory) throws SQLException {
            transaction.change(RowOperation.DELETE, TABLE, "DELETE FROM shop.outbox WHERE id = ?", event);
            memory.published.remove(event);
        }
    }
}
