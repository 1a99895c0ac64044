// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.Allowances.Effect;
import dev.tributary.sandbox.chaos.load.Change;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the streamed records of a table are in their partitions, compared with the commit order. Records that do not
 * say which change they are, and late repeats of a stopped worker, are left out.
 */
final class PartitionOrder {

    record Partition(String topic, int number) {

        static Partition of(Arrival arrival) {
            return new Partition(arrival.topic(), arrival.partition());
        }
    }

    /** With these, a record says nothing of the order. */
    private static final Set<Effect> OUT_OF_ORDER = Set.of(Effect.STRAY, Effect.SENT_AHEAD);

    /** By the rank of a change: the record with the highest offset of it and all changes before. */
    private final Map<Partition, @Nullable Arrival[]> last = new HashMap<>();
    /** By the rank of a change: the record with the lowest offset of it and all changes after. */
    private final Map<Partition, @Nullable Arrival[]> first = new HashMap<>();

    /** @param inOrder the changes in commit order; the rank of one is its index */
    PartitionOrder(Allowances allowances, List<Change> inOrder, List<Arrival> arrivals) {
        int size = inOrder.size();
        Map<String, Integer> rows = new HashMap<>();
        Map<String, Integer> deletes = new HashMap<>();
        for (int rank = 0; rank < size; rank++) {
            Change change = inOrder.get(rank);
            if (Collections.disjoint(allowances.of(change), OUT_OF_ORDER)) {
                (change.op() == Change.DELETE ? deletes : rows).put(change.tag(), rank);
            }
        }
        for (Arrival arrival : arrivals) {
            Integer rank = rank(arrival, rows, deletes);
            if (rank != null) {
                Partition partition = Partition.of(arrival);
                @Nullable Arrival[] highest = last.computeIfAbsent(partition, same -> new Arrival[size]);
                highest[rank] = later(highest[rank], arrival);
                @Nullable Arrival[] lowest = first.computeIfAbsent(partition, same -> new Arrival[size]);
                lowest[rank] = earlier(lowest[rank], arrival);
            }
        }
        for (@Nullable Arrival[] highest : last.values()) {
            for (int rank = 1; rank < size; rank++) {
                highest[rank] = later(highest[rank - 1], highest[rank]);
            }
        }
        for (@Nullable Arrival[] lowest : first.values()) {
            for (int rank = size - 2; rank >= 0; rank--) {
                lowest[rank] = earlier(lowest[rank + 1], lowest[rank]);
            }
        }
    }

    private static @Nullable Integer rank(Arrival arrival, Map<String, Integer> rows, Map<String, Integer> deletes) {
        String tag = arrival.tag();
        if (tag == null) {
            return null;
        }
        return switch (arrival.op()) {
            case Arrival.CREATE, Arrival.UPDATE -> rows.get(tag);
            case Arrival.DELETE -> deletes.get(tag);
            default -> null;
        };
    }

    /** The last record of the changes before a rank; null if there is none. */
    @Nullable
    Arrival lastBefore(Partition partition, int rank) {
        @Nullable Arrival[] highest = last.get(partition);
        return highest == null || rank == 0 ? null : highest[rank - 1];
    }

    /** The first record of the changes after a rank; null if there is none. */
    @Nullable
    Arrival firstAfter(Partition partition, int rank) {
        @Nullable Arrival[] lowest = first.get(partition);
        return lowest == null || rank + 1 >= lowest.length ? null : lowest[rank + 1];
    }

    private static @Nullable Arrival later(@Nullable Arrival one, @Nullable Arrival other) {
        return one == null || (other != null && other.offset() > one.offset()) ? other : one;
    }

    private static @Nullable Arrival earlier(@Nullable Arrival one, @Nullable Arrival other) {
        return one == null || (other != null && other.offset() < one.offset()) ? other : one;
    }
}
