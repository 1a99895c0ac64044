// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.postgres.TableName;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time for captured tables that were created while the connector streams:
 * {@code tables.missing=wait}. It publishes them if the connector may, and otherwise notices that someone else has.
 */
final class TableWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "tributary-table-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Look look;
    private final Runnable whenChanged;
    private Set<TableName> published = Set.of();

    /** A look at the database. */
    @FunctionalInterface
    interface Look {

        /** Publishes what is missing, and returns the captured tables that are published. */
        Set<TableName> publish() throws SQLException;
    }

    private TableWatch(Look look, Runnable whenChanged) {
        this.look = look;
        this.whenChanged = whenChanged;
    }

    /**
     * Starts to look.
     *
     * @param whenChanged runs after a look that found other tables than the one before; also after the first
     */
    static TableWatch start(Look look, Runnable whenChanged, Duration interval) {
        TableWatch watch = new TableWatch(look, whenChanged);
        ScheduledFuture<?> unused = watch.looks.scheduleWithFixedDelay(
                watch::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private void look() {
        try {
            Set<TableName> now = look.publish();
            if (!now.equals(published)) {
                published = now;
                whenChanged.run();
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The captured tables could not be looked up: {}. The next look follows", e.getMessage());
        }
    }

    @Override
    public void close() {
        looks.shutdown();
    }
}
