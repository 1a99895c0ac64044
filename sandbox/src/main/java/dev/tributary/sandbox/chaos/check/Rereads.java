// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Change;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Finds out whether tables were read again after changes of them had not been captured. If a table was not, later
 * changes may hide what is missing.
 *
 * @param arrivals what has arrived
 * @param committed what was committed
 */
public record Rereads(Iterable<Arrival> arrivals, Committed committed) {

    /**
     * Whether a table was read again after a position. It need not have been if each of its rows has changed since.
     *
     * @param relation the table
     * @param from the position, in the WAL
     */
    public boolean happened(String relation, long from) {
        Map<String, Long> positions = committed.changes().stream()
                // A delete has the version of the row that it deleted.
                .filter(change -> change.relation().equals(relation) && change.op() != Change.DELETE)
                .collect(Collectors.toMap(Change::tag, Change::lsn, Math::max));
        boolean isNeeded =
                committed.rows(relation).values().stream().anyMatch(tag -> positions.getOrDefault(tag, from) < from);
        return !isNeeded || isRead(relation, from, positions);
    }

    /** The position of a row that was read is that of the stream, which may lag behind what the row shows. */
    private boolean isRead(String relation, long from, Map<String, Long> positions) {
        for (Arrival arrival : arrivals) {
            String tag = arrival.tag();
            if (arrival.op() == Arrival.READ
                    && arrival.relation().equals(relation)
                    && (arrival.lsn() >= from || (tag != null && positions.getOrDefault(tag, from - 1) >= from))) {
                return true;
            }
        }
        return false;
    }
}
