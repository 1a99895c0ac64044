// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.Optional;

/**
 * The server does not have everything that was read so far: another one was promoted, or it was restored to a point in
 * time, or it is a different database cluster.
 *
 * @param read the history that was read
 * @param upTo the position up to which it was read
 * @param server the history that the server has
 * @param fork where the server's history left the one that was read; empty if there is no such point, or if it is not
 *     known
 */
public record Divergence(ServerTimeline read, Lsn upTo, ServerTimeline server, Optional<Lsn> fork) {

    /**
     * Compares a server with what was read.
     *
     * @return the difference; empty if the server has everything that was read
     */
    public static Optional<Divergence> of(ServerTimeline read, Lsn upTo, ServerTimeline server) {
        if (read.isSame(server)) {
            return Optional.empty();
        }
        Optional<Lsn> fork = read.fork(server);
        return fork.isPresent() && !upTo.isAfter(fork.get())
                ? Optional.empty()
                : Optional.of(new Divergence(read, upTo, server, fork));
    }

    /** Whether the timeline that was read is an ancestor of the server's, as far as the fork. */
    public boolean isOfAncestor() {
        TimelineHistory history = server.history();
        return history != null
                && fork.isPresent()
                && history.endOf(read.timeline()).equals(fork);
    }

    /** Whether the server is a different database cluster, and not a copy of the one that was read. */
    public boolean isOtherCluster() {
        return !read.systemId().equals(server.systemId());
    }
}
