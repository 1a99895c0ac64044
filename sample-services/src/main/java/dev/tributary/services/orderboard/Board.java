// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The current state of each order in the partitions of this instance. A repeated event changes nothing, whether it is
 * the latest of an order or an older one that a connector sends again after a crash.
 *
 * <p>The LSN of a change shows its age: a later change of a row has a greater LSN. A row that a snapshot has read
 * always replaces the current one, because the database may be a different one.
 */
final class Board {

    /** The number of deleted orders whose LSN is kept: more than a connector has in flight when it crashes. */
    private static final int GRAVES = 100_000;

    private final Map<Long, Entry> orders = new HashMap<>();
    private final Map<Long, Long> graves = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > GRAVES;
        }
    };
    private final List<Consumer<Change>> watchers = new CopyOnWriteArrayList<>();

    /**
     * An order and its origin.
     *
     * @param lsn the LSN of the change; null if the record has none
     */
    private record Entry(int partition, @Nullable Long lsn, Order order) {}

    /**
     * Sets the state of an order after a change.
     *
     * @param lsn the LSN of the change; null if the record has none or comes from a snapshot, and then it replaces any
     *     state
     */
    synchronized void put(int partition, @Nullable Long lsn, Order order) {
        Entry before = orders.get(order.id());
        Long deleted = graves.get(order.id());
        if (isOlder(lsn, before == null ? deleted : before.lsn)) {
            return;
        }
        graves.remove(order.id());
        orders.put(order.id(), new Entry(partition, lsn, order));
        if (before == null || !before.order.equals(order)) {
            publish(new Change.Put(order));
        }
    }

    /** Removes an order that was deleted. */
    synchronized void remove(long id, @Nullable Long lsn) {
        Entry before = orders.get(id);
        if (before == null || isOlder(lsn, before.lsn)) {
            return;
        }
        orders.remove(id);
        if (lsn != null) {
            graves.put(id, lsn);
        }
        publish(new Change.Removed(id));
    }

    /** Removes the orders of partitions that other instances read from now on. */
    synchronized void forget(Set<Integer> partitions) {
        List<Long> gone = orders.entrySet().stream()
                .filter(entry -> partitions.contains(entry.getValue().partition))
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(id -> {
            orders.remove(id);
            publish(new Change.Removed(id));
        });
    }

    /** Publishes the orders of a customer again, because the customer's name has changed. */
    synchronized void renamed(long customer) {
        if (!watchers.isEmpty()) {
            orders.values().stream()
                    .filter(entry -> entry.order.customer() == customer)
                    .forEach(entry -> publish(new Change.Put(entry.order)));
        }
    }

    synchronized Optional<Order> order(long id) {
        return Optional.ofNullable(orders.get(id)).map(Entry::order);
    }

    synchronized Collection<Order> orders() {
        return orders.values().stream().map(Entry::order).toList();
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

    private static boolean isOlder(@Nullable Long lsn, @Nullable Long known) {
        return lsn != null && known != null && lsn < known;
    }

    private void publish(Change change) {
        watchers.forEach(watcher -> watcher.accept(change));
    }
}
