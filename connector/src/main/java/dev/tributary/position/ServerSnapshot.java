// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The transactions that a snapshot sees: {@code pg_current_snapshot()} (<a
 * href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">its parts</a>).
 *
 * @param xmin every transaction with a lower id has ended
 * @param xmax no transaction with this id or a higher one has ended
 * @param running the transactions in between that have not ended
 * @param exact whether {@code running} is known; a standby does not report it
 */
public record ServerSnapshot(long xmin, long xmax, Set<Long> running, boolean exact) {

    /** Queries the current snapshot in the form that {@link #parse} reads. */
    public static final String SQL = "SELECT pg_catalog.pg_current_snapshot()"
            + " || CASE WHEN pg_catalog.pg_is_in_recovery() THEN ':standby' ELSE '' END";

    private static final long EPOCH = 1L << 32;

    /** @param text {@code xmin:xmax:running,...}, as Postgres writes it, followed by another part on a standby */
    public static ServerSnapshot parse(String text) {
        String[] parts = text.split(":", -1);
        Set<Long> running = parts[2].isEmpty()
                ? Set.of()
                : Arrays.stream(parts[2].split(",")).map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
        return new ServerSnapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running, parts.length == 3);
    }

    /**
     * Whether the snapshot sees the changes of a committed transaction.
     *
     * @param id its id in the stream: the lower 32 bits, which wrap around
     */
    public boolean sees(long id) {
        long nearest = nearest(id);
        return nearest < xmin || (nearest < xmax && !running.contains(nearest));
    }

    /** Whether {@link #sees} is reliable for a transaction that may have been running when the snapshot was taken. */
    public boolean isSureOf(long id) {
        long nearest = nearest(id);
        return exact || nearest < xmin || nearest >= xmax;
    }

    /**
     * Whether the snapshot surely sees all transactions between two, which are less than 2,147,483,648 ids apart.
     *
     * @param first the first id, as in {@link #sees}
     * @param last the last id, as in {@link #sees}
     */
    boolean isAfter(long first, long last) {
        return nearest(first) < xmin && nearest(last) < xmin;
    }

    private long nearest(long id) {
        long sameEpoch = xmax - Math.floorMod(xmax, EPOCH) + id;
        return sameEpoch + EPOCH * Math.round((double) (xmax - sameEpoch) / EPOCH);
    }
}
