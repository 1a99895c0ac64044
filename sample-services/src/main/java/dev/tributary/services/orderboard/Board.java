// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The current state of each order with its lines. What a transaction changes becomes visible at once. Nothing is
 * visible until the board is {@linkplain #complete}.
 */
final class Board {

    private final Rows<Long, Order> orders = new Rows<>();
    private final Rows<Line.Key, Line> lines = new Rows<>();
    private final Map<Long, SortedMap<Integer, Line>> linesOfOrders = new HashMap<>();

    /** The orders that are visible, with their lines. */
    private final Map<Long, Order> visible = new HashMap<>();

    /** The orders that the current transaction has changed. */
    private final Set<Long> changed = new LinkedHashSet<>();

    private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();
    private boolean complete;

    /** Makes all changes of a transaction visible at once. */
    synchronized void transaction(Runnable changes) {
        changes.run();
        show();
    }

    /** All that existed at the start is on the board, so it can be shown. */
    synchronized void complete() {
        complete = true;
        show();
    }

    private void show() {
        if (!complete) {
            return;
        }
        for (Long id : changed) {
            Order row = orders.get(id);
            if (row == null) {
                if (visible.remove(id) != null) {
                    publish(new Change.Removed(id));
                }
                continue;
            }
            Order order = row.with(new ArrayList<>(
                    linesOfOrders.getOrDefault(id, new TreeMap<>()).values()));
            if (!order.equals(visible.put(id, order))) {
                publish(new Change.Put(order));
            }
        }
        changed.clear();
    }

    /** Sets an order after a change; {@link Rows#put} says what the LSN is for. Part of a transaction. */
    void put(@Nullable Long lsn, Order order) {
        if (orders.put(order.id(), lsn, order)) {
            changed.add(order.id());
        }
    }

    /** Removes an order that was deleted. Part of a transaction. */
    void remove(long id, @Nullable Long lsn) {
        if (orders.remove(id, lsn)) {
            changed.add(id);
        }
    }

    /** Sets a line after a change. Part of a transaction. */
    void putLine(@Nullable Long lsn, Line line) {
        if (lines.put(line.key(), lsn, line)) {
            linesOfOrders.computeIfAbsent(line.order(), any -> new TreeMap<>()).put(line.number(), line);
            changed.add(line.order());
        }
    }

    /** Removes a line that was deleted. Part of a transaction. */
    void removeLine(Line.Key key, @Nullable Long lsn) {
        if (lines.remove(key, lsn)) {
            linesOfOrders.computeIfPresent(key.order(), (order, left) -> {
                left.remove(key.number());
                return left.isEmpty() ? null : left;
            });
            changed.add(key.order());
        }
    }

    /** Publishes the orders of a customer again, because the customer's name has changed. */
    synchronized void renamed(long customer) {
        if (!watchers.isEmpty()) {
            visible.values().stream()
                    .filter(order -> order.customer() == customer)
                    .forEach(order -> publish(new Change.Put(order)));
        }
    }

    synchronized Optional<Order> order(long id) {
        return Optional.ofNullable(visible.get(id));
    }

    synchronized Collection<Order> orders() {
        return List.copyOf(visible.values());
    }

    /**
     * Publishes each change from now on, in the thread that makes the change.
     *
     * @return the current orders, and a handle that ends the watch
     */
    synchronized Watch watch(Consumer<Change> watcher) {
        watchers.add(watcher);
        return new Watch(orders(), () -> watchers.remove(watcher));
    }

    /** The start of a watch. */
    record Watch(Collection<Order> orders, Runnable end) {}

    private void publish(Change change) {
        watchers.forEach(watcher -> watcher.accept(change));
    }
}
