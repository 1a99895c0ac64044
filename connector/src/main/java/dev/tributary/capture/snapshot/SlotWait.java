// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.metrics.Registration;
import dev.tributary.metrics.SnapshotStatusMXBean;
import dev.tributary.metrics.TableSnapshotStatus;
import dev.tributary.postgres.AwaitedTransactions;
import dev.tributary.postgres.ConnectionTarget;
import java.sql.SQLException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes known what the creation of a slot waits for. The server gives an exact moment only once every transaction has
 * ended that was writing when the creation began, and says nothing meanwhile. The log names the transaction at once,
 * the MBean of the snapshot shows it, and so does the failure when the time is up. The same if a standby waits for its
 * primary.
 */
public final class SlotWait implements SnapshotStatusMXBean, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlotWait.class);
    private static final long UNKNOWN = -1;

    /** The SQL state of a statement that was cancelled, which is how the driver ends one that takes too long. */
    private static final String CANCELLED = "57014";

    /** The SQL state of something that could not be locked in time. */
    private static final String NOT_AVAILABLE = "55P03";

    /** What makes a primary log its running transactions. */
    private static final String ON_PRIMARY = "SELECT pg_log_standby_snapshot()";

    private final long timeoutSeconds;
    private final AwaitedTransactions transactions;
    private final Registration status;

    private SlotWait(ConnectionTarget target, String topicPrefix, String slot, long timeoutSeconds) {
        this.timeoutSeconds = timeoutSeconds;
        this.transactions = AwaitedTransactions.of(target, slot, this::report);
        this.status = Registration.of("snapshot", topicPrefix, this);
    }

    /**
     * Watches until this is closed.
     *
     * @param slot the slot that is being created
     * @param timeoutSeconds after which the creation is given up
     */
    public static SlotWait of(ConnectionTarget target, String topicPrefix, String slot, long timeoutSeconds) {
        return new SlotWait(target, topicPrefix, slot, timeoutSeconds);
    }

    private void report(String transaction) {
        if (transaction.isEmpty()) {
            LOG.warn(
                    "The creation of the slot waits until the primary logs which transactions are running; it does not"
                            + " while nothing is written. It waits up to {} s, then tries again. To end the wait, run {}"
                            + " on the primary",
                    timeoutSeconds,
                    ON_PRIMARY);
            return;
        }
        LOG.warn(
                "The snapshot waits for the end of a transaction that was writing when it began, because Postgres gives"
                        + " an exact moment only after that: {}. It waits up to {} s, then tries again. To end the wait,"
                        + " end the transaction: SELECT pg_terminate_backend(<process>)",
                transaction,
                timeoutSeconds);
    }

    /** Returns the failure to report instead of that of the statement. A creation that took too long is tried again. */
    public SQLException explain(SQLException failure) {
        if (!CANCELLED.equals(failure.getSQLState())) {
            return failure;
        }
        transactions.look();
        return new SQLException(whyTooLong() + ". Nothing is lost. " + remedy(), NOT_AVAILABLE, failure);
    }

    private String whyTooLong() {
        String transaction = transactions.last();
        if (!transaction.isEmpty()) {
            return "The snapshot could not begin within " + timeoutSeconds
                    + " s, because a transaction has not ended that was writing before: " + transaction;
        }
        return "The replication slot could not be created within " + timeoutSeconds + " s"
                + (transactions.awaitsPrimary()
                        ? ", because the primary has not logged which transactions are running; it does not while"
                                + " nothing is written"
                        : ", and what it waited for is not known");
    }

    private String remedy() {
        if (!transactions.last().isEmpty()) {
            return "End the transaction, or wait for its end";
        }
        return transactions.awaitsPrimary()
                ? "Run " + ON_PRIMARY + " on the primary, or wait until something is written there"
                : "Look for transactions that do not end, in pg_stat_activity and pg_prepared_xacts";
    }

    @Override
    public String getWaitingFor() {
        String transaction = transactions.last();
        if (!transaction.isEmpty()) {
            return "the end of a transaction: " + transaction;
        }
        return transactions.awaitsPrimary()
                ? "the primary to log which transactions are running (" + ON_PRIMARY + " there)"
                : "";
    }

    @Override
    public List<String> getKeptWaiting() {
        return List.of();
    }

    @Override
    public long getRows() {
        return 0;
    }

    @Override
    public long getEstimatedRows() {
        return 0;
    }

    @Override
    public double getPercent() {
        return 0;
    }

    @Override
    public long getRowsPerSecond() {
        return 0;
    }

    @Override
    public long getSecondsLeft() {
        return UNKNOWN;
    }

    @Override
    public long getRetainedWalBytes() {
        return UNKNOWN;
    }

    @Override
    public List<TableSnapshotStatus> getTables() {
        return List.of();
    }

    @Override
    public void close() {
        status.close();
        transactions.close();
    }
}
