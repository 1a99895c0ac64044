// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** The traffic's copy of the state of the shop, so that it need not query the database before each action. */
final class ShopMemory {

    final UsedKeys customers = new UsedKeys();
    final UsedKeys products = new UsedKeys();
    final KeyPool placed = new KeyPool();
    final KeyPool paid = new KeyPool();
    final KeyPool closed = new KeyPool();
    final KeyPool readings = new KeyPool();
    final Deque<Long> oldestReadings = new ArrayDeque<>();
    final Deque<UUID> unpublished = new ArrayDeque<>();
    final Deque<UUID> published = new ArrayDeque<>();
    private final Map<Long, Order> orders = new HashMap<>();

    /**
     * An order.
     *
     * @param customer the customer who placed it
     * @param products the product of each line, starting with line 1
     */
    record Order(long customer, List<Long> products) {}

    void remember(long key, Order order) {
        orders.put(key, order);
        customers.use(order.customer());
        order.products().forEach(products::use);
    }

    void forget(long key) {
        Order order = order(key);
        orders.remove(key);
        closed.remove(key);
        customers.release(order.customer());
        order.products().forEach(products::release);
    }

    Order order(long key) {
        return Objects.requireNonNull(orders.get(key), () -> "no order " + key);
    }

    void rememberReading(long key) {
        readings.add(key);
        oldestReadings.add(key);
    }
}
