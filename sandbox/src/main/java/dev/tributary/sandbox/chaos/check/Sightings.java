// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import java.util.BitSet;
import java.util.List;

/** Which records of a history occur at all: this distinguishes a lost one from one that is out of order. */
final class Sightings {

    private final History history;
    private final BitSet seen = new BitSet();
    private final BitSet passed = new BitSet();

    /** Deletes and tombstones that nothing distinguishes count as seen if there are enough of them. */
    Sightings(History history, List<Arrival> arrivals) {
        this.history = history;
        int deletes = 0;
        int tombstones = 0;
        for (Arrival arrival : arrivals) {
            String tag = arrival.tag();
            if (arrival.op() == Arrival.TOMBSTONE) {
                tombstones++;
            } else if (arrival.op() == Arrival.DELETE) {
                deletes++;
                seen.set(tag == null ? 0 : history.ofDelete(tag));
            } else if (tag != null && arrival.op() != Arrival.READ) {
                seen.set(history.ofRow(tag));
            }
        }
        if (deletes >= required(history.deletes())) {
            seen.or(history.deletes());
        }
        if (tombstones >= required(history.tombstones())) {
            seen.or(history.tombstones());
        }
    }

    private long required(BitSet positions) {
        return positions.stream()
                .filter(position -> !history.mayBeMissing(position))
                .count();
    }

    /** Notes that a record at this position was accepted. */
    void passed(int position) {
        passed.set(position);
    }

    boolean hasPassed(int position) {
        return passed.get(position);
    }

    /** The first position between the two, both excluded, that must not be missing and has no record; 0 if none. */
    int neverSeen(int after, int before) {
        for (int position = after + 1; position < before; position++) {
            if (!history.mayBeMissing(position) && !seen.get(position)) {
                return position;
            }
        }
        return 0;
    }
}
