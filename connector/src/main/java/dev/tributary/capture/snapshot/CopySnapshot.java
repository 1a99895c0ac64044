// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.capture.stream.CatchUpStream;
import dev.tributary.capture.stream.InterleavedSource;
import dev.tributary.position.Lsn;
import dev.tributary.postgres.SharedSnapshot;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.signal.actions.snapshotting.SnapshotConfiguration;
import io.debezium.pipeline.source.AbstractSnapshotChangeEventSource;
import io.debezium.pipeline.source.SnapshottingTask;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.spi.SnapshotResult;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all captured tables as they are at one moment, in chunks, over several connections, by COPY.
 *
 * <p>A snapshot that was interrupted is resumed. The moment at which it was taken is past, so it gets a new one, and
 * first every change is streamed that was committed before the new moment. That brings the rows read earlier up to
 * date; the rest is read as of the new moment. So no row goes back in time, and none is missing. See
 * docs/adr/0008-snapshots.md.
 */
final class CopySnapshot extends AbstractSnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> {

    private static final Logger LOG = LoggerFactory.getLogger(CopySnapshot.class);

    /** How often a snapshot tries to begin while tables are rewritten under it. */
    private static final int ATTEMPTS = 5;

    private final SnapshotSetup setup;
    private final @Nullable CatchUpStream catchUp;
    private final KnownTables.Reader known;
    private final InterleavedSource interleaved;
    private final SnapshotProgressListener<PostgresPartition> listener;

    /**
     * @param catchUp streams up to the snapshot; null if this run does not stream
     * @param known reads the tables of an unfinished snapshot
     * @param interleaved knows which entries to add to every offset
     */
    CopySnapshot(
            SnapshotSetup setup,
            @Nullable CatchUpStream catchUp,
            KnownTables.Reader known,
            InterleavedSource interleaved,
            SnapshotProgressListener<PostgresPartition> listener,
            NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
        super(setup.config(), listener, notifications);
        this.setup = setup;
        this.catchUp = catchUp;
        this.known = known;
        this.interleaved = interleaved;
        this.listener = listener;
    }

    @Override
    public SnapshottingTask getSnapshottingTask(PostgresPartition partition, PostgresOffsetContext previousOffset) {
        throw new UnsupportedOperationException("Debezium's source decides what the snapshot has to do");
    }

    @Override
    public SnapshottingTask getBlockingSnapshottingTask(
            PostgresPartition partition,
            PostgresOffsetContext previousOffset,
            SnapshotConfiguration snapshotConfiguration) {
        throw new UnsupportedOperationException("Debezium's source takes the snapshots that signals request");
    }

    @Override
    protected SnapshotContext<PostgresPartition, PostgresOffsetContext> prepare(
            PostgresPartition partition, boolean onDemand) {
        return new SnapshotContext<>(partition);
    }

    @Override
    protected SnapshotResult<PostgresOffsetContext> doExecute(
            ChangeEventSourceContext running,
            @Nullable PostgresOffsetContext previous,
            SnapshotContext<PostgresPartition, PostgresOffsetContext> snapshot,
            SnapshottingTask task)
            throws Exception {
        CapturedTables filter = new CapturedTables(setup.config());
        List<TableId> captured = filter.of(
                setup.connection().getAllTableIds(setup.config().databaseName()),
                getDataCollectionPattern(task.getDataCollections()));
        List<TableId> tables = filter.readable(captured);
        notificationService
                .initialSnapshotNotificationService()
                .notifyDataCollectionsResolved(snapshot.partition, previous, new TreeSet<>(captured));
        listener.monitoredDataCollectionsDetermined(snapshot.partition, captured);
        Optional<InterruptedSnapshot> interrupted = interrupted();
        if (interrupted.isPresent()) {
            LOG.info("Resuming an unfinished snapshot; the changes made since are streamed first");
            // This streams most of them while no table is locked.
            interrupted.get().catchUp(running, snapshot.partition, currentLsn());
        }
        boolean notifies = !setup.config().getEnabledNotificationChannels().isEmpty();
        SnapshotReports reports = new SnapshotReports(listener, notifies ? notificationService : null, captured);
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (tryToTake(running, snapshot, task, tables, interrupted, reports, attempt == 1)) {
                setup.parts().dispatcher().alwaysDispatchHeartbeatEvent(snapshot.partition, snapshot.offset);
                return SnapshotResult.completed(snapshot.offset);
            }
        }
        throw new DebeziumException("The snapshot cannot begin, because tables are rewritten again and again by ALTER"
                + " TABLE, VACUUM FULL or CLUSTER. It can begin once no table is rewritten meanwhile");
    }

    private Optional<InterruptedSnapshot> interrupted() throws SQLException {
        CatchUpStream stream = catchUp;
        Optional<SnapshotProgress> sent = stream == null ? Optional.empty() : setup.unfinished();
        if (stream == null || sent.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new InterruptedSnapshot(setup, stream, sent.get(), known.read(), interleaved.offsetEntries()));
    }

    /** Takes the snapshot; returns false if a table was altered or rewritten before it could be locked. */
    private boolean tryToTake(
            ChangeEventSourceContext running,
            SnapshotContext<PostgresPartition, PostgresOffsetContext> snapshot,
            SnapshottingTask task,
            List<TableId> tables,
            Optional<InterruptedSnapshot> interrupted,
            SnapshotReports reports,
            boolean first)
            throws Exception {
        TableStructures structures = TableStructures.read(setup, tables);
        ConsistentPoint point = first ? firstPoint() : newPoint();
        try (SharedSnapshot shared = share(point)) {
            SnapshotPlan plan = SnapshotPlan.of(
                    shared,
                    tables,
                    setup.snapshots().getSnapshotLock(),
                    setup.config().snapshotLockTimeout(),
                    setup.config().snapshotOrderByRowCount());
            if (plan.isRewritten() || !structures.areCurrent(setup, tables)) {
                return false;
            }
            LOG.info("The snapshot is taken at {}, of {} tables", point.lsn(), tables.size());
            if (interrupted.isPresent()) {
                interrupted.get().catchUp(running, snapshot.partition, point.lsn());
            }
            Map<TableId, TableStructure> known = structures.known();
            SnapshotAttempt attempt =
                    SnapshotAttempt.at(point.lsn(), snapshot.partition, setup, shared, interleaved.offsetEntries());
            snapshot.offset = attempt.offset();
            attempt.take(running, plan, attempt.sources(known, task.getFilterQueries()), interrupted, reports);
            return true;
        }
    }

    /**
     * Makes the snapshot of a point that of our own connections. The temporary slot of the point has served its purpose
     * then, and its place is wanted: a server has room for {@code max_replication_slots} and {@code max_wal_senders}.
     */
    private SharedSnapshot share(ConsistentPoint point) throws SQLException {
        try (point) {
            return SharedSnapshot.open(setup.target(), point.exported(), setup.readers());
        }
    }

    /** The point at which the connector's own slot was created, if this run created it. */
    private ConsistentPoint firstPoint() throws SQLException {
        return setup.slot().created() == null
                ? newPoint()
                : ConsistentPoint.of(setup.slot().created());
    }

    private ConsistentPoint newPoint() throws SQLException {
        if (!setup.slot().streams()) {
            return ConsistentPoint.ofTransaction(setup.config().getJdbcConfig());
        }
        return ConsistentPoint.ofTemporarySlot(setup.config(), setup.target());
    }

    private Lsn currentLsn() throws SQLException {
        Lsn written = new Lsn(setup.connection().currentXLogLocation());
        setup.connection().commit();
        return written;
    }

    @Override
    protected void completed(SnapshotContext<PostgresPartition, PostgresOffsetContext> snapshot) {
        setup.snapshots().getSnapshotter().snapshotCompleted();
    }

    @Override
    protected void aborted(SnapshotContext<PostgresPartition, PostgresOffsetContext> snapshot) {
        setup.snapshots().getSnapshotter().snapshotAborted();
    }
}
