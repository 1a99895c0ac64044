// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which transactions can be seen at a moment: {@code pg_current_snapshot()}
 * (<a href="https://www.postgresql.org/docs/current/functions-info.html#FUNCTIONS-INFO-SNAPSHOT">its parts</a>).
 *
 * @param xmin every transaction with a lower id is over
 * @param xmax none with this id or a higher one is
 * @param running those in between that are not
 * @param exact whether it knows these; a standby does not tell
 */
public record ServerSnapshot(long xmin, long xmax, Set<Long> running, boolean exact) {

    /** Asks for it, in the form that {@link #parse} reads. */
    public static final String SQL = "SELECT pg_catalog.pg_current_snapshot()"
            + " || CASE WHEN pg_catalog.pg_is_in_recovery() THEN ':standby' ELSE '' END";

    private static final long EPOCH = 1L << 32;

    /** @param text as Postgres writes it: {@code xmin:xmax:running,...}; with a further part if it is of a standby */
    public static ServerSnapshot parse(String text) {
        String[] parts = text.split(":", -1);
        Set<Long> running = parts[2].isEmpty()
                ? Set.of()
                : Arrays.stream(parts[2].split(",")).map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
        return new ServerSnapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running, parts.length == 3);
    }

    /**
     * Whether the changes of a committed transaction can be seen.
     *
     * @param id its id as the stream tells it: the lower 32 bits, which begin anew when they are used up
     */
    public boolean sees(long id) {
        long nearest = nearest(id);
        return nearest < xmin || (nearest < xmax && !running.contains(nearest));
    }

    /** Whether {@link #sees} can be relied upon for a transaction that may have been running at that moment. */
    public boolean isSureOf(long id) {
        long nearest = nearest(id);
        return exact || nearest < xmin || nearest >= xmax;
    }

    private long nearest(long id) {
        long sameEpoch = xmax - Math.floorMod(xmax, EPOCH) + id;
        return sameEpoch + EPOCH * Math.round((double) (xmax - sameEpoch) / EPOCH);
    }
}
