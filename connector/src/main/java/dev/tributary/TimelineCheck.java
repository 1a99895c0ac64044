// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.ConnectorConfig;
import dev.tributary.position.Divergence;
import dev.tributary.position.Lsn;
import dev.tributary.position.Position;
import dev.tributary.position.ServerTimeline;
import dev.tributary.position.SlotMark;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.SessionSettings;
import dev.tributary.replication.Walsender;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Which history the server has, compared with the one that was read.
 *
 * @param server the server's history
 * @param divergence why the positions that were read mean something else on this server; empty if they do not
 * @param slot the position of the slot, if it exists
 */
record TimelineCheck(ServerTimeline server, Optional<Divergence> divergence, Optional<Lsn> slot) {

    private static final String APPLICATION = "Tributary preflight";

    static TimelineCheck run(ConnectorConfig config, Optional<StoredOffset> stored) throws SQLException {
        ConnectionTarget target = DatabaseCheck.target(config);
        try (Walsender walsender =
                Walsender.connect(target.url(), target.properties(), SessionSettings.STREAMING, APPLICATION)) {
            ServerTimeline server = walsender.identify();
            Optional<ServerTimeline> read = stored.flatMap(ServerTimeline::of);
            if (read.isEmpty() || read.get().isSame(server)) {
                return new TimelineCheck(server, Optional.empty(), Optional.empty());
            }
            Lsn upTo = stored.flatMap(Position::of).map(Position::published).orElse(new Lsn(0));
            return new TimelineCheck(
                    server, Divergence.of(read.get(), upTo, server), walsender.position(config.slotName()));
        }
    }

    /**
     * The position from which to continue on this server: where the histories part, or else where the slot is. A slot
     * past the fork that the connector has moved shows that it has read this history already.
     *
     * @param mark the mark of the connector
     */
    Optional<Lsn> continuesFrom(Position read, SlotMark mark) {
        Optional<Lsn> common = divergence
                .flatMap(Divergence::fork)
                .map(fork -> read.completed().isAfter(fork) ? fork : read.completed());
        return common.flatMap(fork -> slot.filter(position ->
                                position.isAfter(fork) && (mark.canBeOn(position) || position.equals(read.completed())))
                        .map(SlotMark::without))
                .or(() -> common)
                .or(() -> slot);
    }
}
