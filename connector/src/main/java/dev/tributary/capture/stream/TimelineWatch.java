// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.ServerTimeline;
import dev.tributary.replication.Walsender;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices when the standby that is read goes over to another timeline, because it is promoted, or because it follows
 * another primary that was. The stream continues, but its positions belong to the new timeline from then on.
 *
 * <p>Only a replication connection can ask for the timeline of a standby, so one stays open until it is promoted.
 */
final class TimelineWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TimelineWatch.class);

    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long AFTER_FAILURE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Connector connector;
    private boolean isStandby;
    private Optional<ServerTimeline> known;
    private @Nullable Walsender walsender;
    private boolean hasFailed;
    private long dueNanos = System.nanoTime() + INTERVAL_NANOS;

    /** Connects to the server in replication mode. */
    @FunctionalInterface
    interface Connector {
        Walsender connect() throws SQLException;
    }

    /**
     * @param isStandby whether the server is one; a primary does not change its timeline while it runs
     * @param known its timeline
     */
    TimelineWatch(Connector connector, boolean isStandby, Optional<ServerTimeline> known) {
        this.connector = connector;
        this.isStandby = isStandby;
        this.known = known;
    }

    /**
     * Returns the timeline that the server is on now, if it is another one; the server is asked once a second at most.
     */
    Optional<ServerTimeline> changed(long nanoTime) {
        if (!isStandby || nanoTime - dueNanos < 0) {
            return Optional.empty();
        }
        dueNanos = nanoTime + INTERVAL_NANOS;
        try {
            return ask();
        } catch (SQLException e) {
            dueNanos = nanoTime + AFTER_FAILURE_NANOS;
            close();
            if (!hasFailed) {
                hasFailed = true;
                LOG.warn(
                        "The standby cannot be asked for its timeline, for which it needs a free WAL sender"
                                + " (max_wal_senders): {}. It is asked again every 10 s. If it follows a new primary"
                                + " meanwhile, the next start can report changes as lost that are not",
                        e.getMessage());
            }
            return Optional.empty();
        }
    }

    private Optional<ServerTimeline> ask() throws SQLException {
        Walsender open = walsender == null ? connector.connect() : walsender;
        walsender = open;
        isStandby = open.isInRecovery();
        ServerTimeline now = open.identify();
        hasFailed = false;
        if (!isStandby) {
            close();
        }
        if (known.filter(now::isSame).isPresent()) {
            return Optional.empty();
        }
        known = Optional.of(now);
        return known;
    }

    @Override
    public void close() {
        try (Walsender open = walsender) {
            walsender = null;
        } catch (SQLException e) {
            LOG.debug("The connection could not be closed", e);
        }
    }
}
