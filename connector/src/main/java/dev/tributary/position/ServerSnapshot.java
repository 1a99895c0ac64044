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
 */
public record ServerSnapshot(long xmin, long xmax, Set<Long> running) {

    private static final long EPOCH = 1L << 32;

    /** @param text as Postgres writes it: {@code xmin:xmax:running,...} */
    public static ServerSnapshot parse(String text) {
        String[] parts = text.split(":", -1);
        Set<Long> running = parts[2].isEmpty()
                ? Set.of()
                : Arrays.stream(parts[2].split(",")).map(Long::valueOf).collect(Collectors.toUnmodifiableSet());
        return new ServerSnapshot(Long.parseLong(parts[0]), Long.parseLong(parts[1]), running);
    }

    /**
     * Whether the changes of a committed transaction can be seen.
     *
     * @param id its id as the stream tells it: the lower 32 bits, which begin anew when they are used up
     */
    public boolean sees(long id) {
        long sameEpoch = xmax - Math.floorMod(xmax, EPOCH) + id;
        long nearest = sameEpoch + EPOCH * Math.round((double) (xmax - sameEpoch) / EPOCH);
        return nearest < xmin || (nearest < xmax && !running.contains(nearest));
    }
}
