// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out for whom the creation of a replication slot waits. The server ends it only once every transaction has ended
 * that was writing when it began, in any of its databases, and does not say which one it waits for. A standby also
 * waits until its primary logs which transactions are running, which the primary does only while something is written.
 */
public final class AwaitedTransactions implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedTransactions.class);
    private static final String APPLICATION = "Tributary slot watch";
    private static final long INTERVAL_MILLIS = 500;

    /** Does not name statements, because they can contain values. Other roles' details need pg_read_all_stats. */
    private static final String SQL = """
            SELECT CASE WHEN b.pid = 0 THEN 'a prepared transaction (pg_prepared_xacts)' ELSE
                   'process ' || b.pid || coalesce(' of role ' || a.usename, '')
                   || coalesce(', application ' || nullif(a.application_name, ''), '')
                   || coalesce(', in a transaction for '
                               || date_trunc('second', clock_timestamp() - a.xact_start), '')
                   || coalesce(', ' || a.state, '') END
              FROM pg_catalog.pg_replication_slots s
             CROSS JOIN LATERAL unnest(pg_catalog.pg_blocking_pids(s.active_pid)) AS b (pid)
              LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = b.pid
             WHERE s.slot_name = ?
             ORDER BY 1
            """;

    private static final String ON_STANDBY = "SELECT pg_catalog.pg_is_in_recovery()";

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tributary-slot-creation");
        thread.setDaemon(true);
        return thread;
    });

    private final ConnectionTarget target;
    private final String slot;
    private final Consumer<String> report;
    private volatile String last = "";
    private volatile boolean onStandby;

    private AwaitedTransactions(ConnectionTarget target, String slot, Consumer<String> report) {
        this.target = target;
        this.slot = slot;
        this.report = report;
    }

    /**
     * Watches the creation of a slot until this is closed.
     *
     * @param report receives a text for people each time that the answer changes its transaction; an empty one if the
     *     server is a standby that waits for its primary
     */
    public static AwaitedTransactions of(ConnectionTarget target, String slot, Consumer<String> report) {
        AwaitedTransactions watch = new AwaitedTransactions(target, slot, report);
        var unused = watch.executor.scheduleWithFixedDelay(
                watch::look, INTERVAL_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
        return watch;
    }

    /** Looks now, in addition. */
    public void look() {
        try (Connection connection = DriverSource.of(target, APPLICATION).getConnection()) {
            List<String> awaited = Database.rows(connection, SQL, row -> row.getString(1), slot);
            String now = String.join("; ", awaited);
            if (now.isEmpty()) {
                lookForPrimary(connection);
            } else {
                boolean another = !process(now).equals(process(last));
                last = now;
                if (another) {
                    report.accept(now);
                }
            }
        } catch (SQLException | RuntimeException e) {
            LOG.debug("The transactions that slot {} waits for could not be looked up", slot, e);
        }
    }

    private void lookForPrimary(Connection connection) throws SQLException {
        if (!onStandby && last.isEmpty()) {
            onStandby = Database.rows(connection, ON_STANDBY, row -> row.getBoolean(1))
                    .get(0);
            if (onStandby) {
                report.accept("");
            }
        }
    }

    private static String process(String text) {
        return text.split(",", 2)[0];
    }

    /** The transaction that was waited for last; empty if none was seen. */
    public String last() {
        return last;
    }

    /** Whether the server is a standby that waits for its primary, unless a transaction was seen. */
    public boolean awaitsPrimary() {
        return onStandby && last.isEmpty();
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
