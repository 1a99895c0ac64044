// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.position.ServerSnapshot;
import dev.tributary.position.StreamedSoFar;
import dev.tributary.postgres.ReadingSession;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Decides whether rows may be read at a moment.
 *
 * <p>The moment must see everything that was streamed, or a row would go back in time. And a transaction that was
 * running when the backfill began may have changed a table before the publication had it. Such changes are not
 * streamed, so rows are read only after it has ended.
 */
final class MomentCheck {

    /** Sessions know the lower half of a transaction's id. */
    private static final long XIDS = 1L << 32;

    private final StreamedSoFar streamed;

    /** Transactions with a lower id may have been running when the backfill began. */
    private final long floor;

    MomentCheck(StreamedSoFar streamed, long floor) {
        this.streamed = streamed;
        this.floor = floor;
    }

    /**
     * Takes note of the transactions that are running now. Each that has written anything has a lower id than the next
     * one that the server assigns. A standby assigns no ids; there, it is the id after the last one that has ended.
     */
    static MomentCheck startingNow(ReadingSession session, StreamedSoFar streamed) throws SQLException {
        ServerSnapshot now = ServerSnapshot.parse(session.ask(ServerSnapshot.SQL));
        long floor =
                now.exact() ? Long.parseLong(session.ask("SELECT pg_catalog.pg_current_xact_id()::text")) : now.xmax();
        session.end();
        return new MomentCheck(streamed, floor);
    }

    /** Returns why rows must not be read at a moment; empty if they may be. */
    Optional<Reading> objection(ServerSnapshot moment) {
        if (moment.xmin() < floor) {
            String oldest = Long.toString(moment.xmin() % XIDS);
            return Optional.of(new Reading.Later("transaction " + oldest + " began before the new tables were published"
                    + " and is still running; SELECT pid, xact_start, query FROM pg_stat_activity WHERE backend_xid = '"
                    + oldest + "' shows its session"));
        }
        return streamed.isSeenBy(moment) ? Optional.empty() : Optional.of(new Reading.Soon());
    }
}
