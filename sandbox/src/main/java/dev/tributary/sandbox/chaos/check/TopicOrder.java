// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The order of the records of one key. Within a topic it is that of the offsets. A table that was renamed has several
 * topics; their records are ordered by the LSNs between which the table had the name.
 */
final class TopicOrder {

    private TopicOrder() {}

    static List<Arrival> of(List<Arrival> arrivals) {
        List<Arrival> ordered = new ArrayList<>(arrivals);
        ordered.sort(Comparator.comparing(Arrival::topic).thenComparingLong(Arrival::offset));
        if (!ordered.isEmpty()
                && !ordered.get(0)
                        .topic()
                        .equals(ordered.get(ordered.size() - 1).topic())) {
            byName(ordered);
        }
        return ordered;
    }

    private static void byName(List<Arrival> ordered) {
        NavigableMap<Long, Integer> names = names(ordered);
        Map<Arrival, Integer> ranks = new HashMap<>();
        int rank = 0;
        for (Arrival arrival : ordered) {
            if (arrival.op() != Arrival.TOMBSTONE) {
                rank = names.floorEntry(arrival.lsn()).getValue();
            }
            ranks.put(arrival, rank);
        }
        ordered.sort(Comparator.comparing(ranks::get));
    }

    /** The LSN at which the table got a name, and the number of that name. */
    private static NavigableMap<Long, Integer> names(List<Arrival> arrivals) {
        List<Arrival> byLsn = new ArrayList<>(arrivals);
        byLsn.removeIf(arrival -> arrival.op() == Arrival.TOMBSTONE);
        byLsn.sort(Comparator.comparingLong(Arrival::lsn));
        NavigableMap<Long, Integer> names = new TreeMap<>();
        names.put(Long.MIN_VALUE, 0);
        String topic = "";
        for (Arrival arrival : byLsn) {
            if (!arrival.topic().equals(topic)) {
                topic = arrival.topic();
                names.put(arrival.lsn(), names.size());
            }
        }
        return names;
    }
}
