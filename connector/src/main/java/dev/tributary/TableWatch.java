// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.failure.ShownText;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks from time to time for captured tables that were created while the connector streams, also in place of one that
 * was dropped. It publishes them if the connector may, and otherwise notices that someone else has.
 */
final class TableWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TableWatch.class);

    private final ScheduledExecutorService looks = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "tributary-table-watch");
        thread.setDaemon(true);
        return thread;
    });
    private final Catalog catalog;
    private final Consumer<Boolean> whenLooked;
    private @Nullable String version;

    /** Whether the last look found something that is to be fixed, perhaps by what the version does not show. */
    private boolean unsettled;

    /** The catalog of the database. */
    interface Catalog {

        /** A text that changes when tables have been created or published. */
        String version() throws SQLException;

        /**
         * Publishes captured tables that are not published, if the connector may.
         *
         * @return whether there is nothing that keeps a captured table from being captured
         */
        boolean publishNew() throws SQLException;
    }

    private TableWatch(Catalog catalog, Consumer<Boolean> whenLooked) {
        this.catalog = catalog;
        this.whenLooked = whenLooked;
    }

    /**
     * Starts to look.
     *
     * @param whenLooked takes after each look whether the catalog is not as at the look before; at the first it is not
     */
    static TableWatch start(Catalog catalog, Consumer<Boolean> whenLooked, Duration interval) {
        TableWatch watch = new TableWatch(catalog, whenLooked);
        ScheduledFuture<?> unused = watch.looks.scheduleWithFixedDelay(
                watch::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    private void look() {
        try {
            String now = catalog.version();
            boolean changed = !now.equals(version);
            if (changed || unsettled) {
                unsettled = !catalog.publishNew();
            }
            whenLooked.accept(changed);
            version = now;
        } catch (SQLException | RuntimeException e) {
            LOG.warn("The captured tables could not be looked up: {}. The next look follows", ShownText.of(e));
        }
    }

    @Override
    public void close() {
        looks.shutdown();
    }
}
