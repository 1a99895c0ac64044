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
 * The current state of each order that this instance is told of. An event that comes again changes nothing: neither the
 * latest one of an order, nor an older one that a connector sends once more after a crash.
 *
 * <p>What is older is known by the LSN of the change: of one row, a later change has a greater one. A row that a snapshot has
 * read counts in any case, for the database can be another one then.
 */
final class Board {

    /** Deleted orders whose position is remembered: more than a connector has in flight when it crashes. */
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
     * An order and what is known of where it comes from.
     *
     * @param lsn of the change; null if the record did not tell
     */
    private record Entry(int partition, @Nullable Long lsn, Order order) {}

    /**
     * An order as it is after a change.
     *
     * @param lsn of the change; null if the record does not tell, or a snapshot has read it: then it counts in any case
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
            tell(new Change.Put(order));
        }
    }

    /** An order is gone. */
    synchronized void remove(long id, @Nullable Long lsn) {
        Entry before = orders.get(id);
        if (before == null || isOlder(lsn, before.lsn)) {
            return;
        }
        orders.remove(id);
        if (lsn != null) {
            graves.put(id, lsn);
        }
        tell(new Change.Removed(id));
    }

    /** Other instances have the orders of these partitions from now on. */
    synchronized void forget(Set<Integer> partitions) {
        List<Long> gone = orders.entrySet().stream()
                .filter(entry -> partitions.contains(entry.getValue().partition))
                .map(Map.Entry::getKey)
                .toList();
        gone.forEach(id -> {
            orders.remove(id);
            tell(new Change.Removed(id));
        });
    }

    /** A customer has another name: whoever watches is told of their orders again. */
    synchronized void renamed(long customer) {
        if (!watchers.isEmpty()) {
            orders.values().stream()
                    .filter(entry -> entry.order.customer() == customer)
                    .forEach(entry -> tell(new Change.Put(entry.order)));
        }
    }

    synchronized Optional<Order> order(long id) {
        return Optional.ofNullable(orders.get(id)).map(Entry::order);
    }

    synchronized Collection<Order> orders() {
        return orders.values().stream().map(Entry::order).toList();
    }

    /**
     * Tells of each change from now on, in the thread that makes it.
     *
     * @return the orders as they are now, and what ends the watching
     */
    synchronized Watch watch(Consumer<Change> watcher) {
        watchers.add(watcher);
        return new Watch(orders(), () -> watchers.remove(watcher));
    }

    /** What a watcher begins with. */
    record Watch(Collection<Order> orders, Runnable end) {}

    private static boolean isOlder(@Nullable Long lsn, @Nullable Long known) {
        return lsn != null && known != null && lsn < known;
    }

    private void tell(Change change) {
        watchers.forEach(watcher -> watcher.accept(change));
    }
}
