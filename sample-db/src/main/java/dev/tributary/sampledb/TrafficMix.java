// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The frequency of each kind of action, in times per round. A round contains all of them, in random order.
 *
 * @param perRound the times per round; a missing kind never happens
 */
public record TrafficMix(Map<Kind, Integer> perRound) {

    /** The kinds of action. */
    public enum Kind {
        CUSTOMER_JOINS,
        CUSTOMER_MOVES,
        CUSTOMER_LEAVES,
        PRODUCT_ADDED,
        PRICE_CHANGES,
        PRODUCT_WITHDRAWN,
        ORDER_PLACED,
        ORDER_PAID,
        ORDER_SHIPPED,
        ORDER_CANCELLED,
        ORDER_CORRECTED,
        ORDER_DELETED,
        OUTBOX_PUBLISHED,
        OUTBOX_PURGED,
        READING_TAKEN,
        READING_CORRECTED,
        READING_PRUNED
    }

    /**
     * A shop on a working day: every round inserts, updates and deletes rows in every table, and no table grows
     * forever.
     */
    public static final TrafficMix WORKING_DAY = new TrafficMix(Map.ofEntries(
            Map.entry(Kind.CUSTOMER_JOINS, 1),
            Map.entry(Kind.CUSTOMER_MOVES, 2),
            Map.entry(Kind.CUSTOMER_LEAVES, 1),
            Map.entry(Kind.PRODUCT_ADDED, 1),
            Map.entry(Kind.PRICE_CHANGES, 2),
            Map.entry(Kind.PRODUCT_WITHDRAWN, 1),
            Map.entry(Kind.ORDER_PLACED, 6),
            Map.entry(Kind.ORDER_PAID, 6),
            Map.entry(Kind.ORDER_SHIPPED, 5),
            Map.entry(Kind.ORDER_CANCELLED, 1),
            Map.entry(Kind.ORDER_CORRECTED, 2),
            Map.entry(Kind.ORDER_DELETED, 6),
            Map.entry(Kind.OUTBOX_PUBLISHED, 3),
            Map.entry(Kind.OUTBOX_PURGED, 2),
            Map.entry(Kind.READING_TAKEN, 6),
            Map.entry(Kind.READING_CORRECTED, 1),
            Map.entry(Kind.READING_PRUNED, 2)));

    public TrafficMix {
        if (perRound.values().stream().anyMatch(times -> times < 0)
                || perRound.values().stream().allMatch(times -> times == 0)) {
            throw new IllegalArgumentException(
                    "a mix needs at least one kind with a positive number, and no negative numbers: " + perRound);
        }
        perRound = Collections.unmodifiableMap(new EnumMap<>(perRound));
    }

    /** The actions of one round, in the order of their kinds. */
    List<Kind> round() {
        List<Kind> round = new ArrayList<>();
        perRound.forEach((kind, times) -> round.addAll(Collections.nCopies(times, kind)));
        return round;
    }
}
