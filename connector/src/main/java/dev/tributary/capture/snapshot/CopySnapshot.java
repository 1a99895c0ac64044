// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.metrics.Registration;
import dev.tributary.position.Lsn;
import dev.tributary.postgres.SharedSnapshot;
import dev.tributary.postgres.SnapshotSession;
import dev.tributary.record.Companion;
import dev.tributary.record.RecordLane;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.AbstractSnapshotChangeEventSource;
import io.debezium.pipeline.source.SnapshottingTask;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.spi.SnapshotResult;
import io.debezium.relational.TableId;
import io.debezium.util.Clock;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all captured tables as they were at one moment, in chunks, over several connections, by COPY.
 *
 * <p>A snapshot that was interrupted is gone on with. The moment it was taken at is past, so there is a new one, and first
 * everything is streamed that was committed before it. What had been read before is up to date then; the rest is read as of
 * the new moment. So no row goes back in time, and none is missed. See docs/adr/0008-snapshots.md.
 */
final class CopySnapshot extends AbstractSnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> {

    private static final Logger LOG = LoggerFactory.getLogger(CopySnapshot.class);

    /** How often a table may be rewritten under a snapshot that is about to begin. */
    private static final int ATTEMPTS = 5;

    private final SnapshotSetup setup;
    private final CatchUp catchUp;
    private final Companion beside;
    private final SnapshotProgressListener<PostgresPartition> listener;

    CopySnapshot(
            SnapshotSetup setup,
            CatchUp catchUp,
            Companion beside,
            SnapshotProgressListener<PostgresPartition> listener,
            NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
        super(setup.config(), listener, notifications);
        this.setup = setup;
        this.catchUp = catchUp;
        this.beside = beside;
        this.listener = listener;
    }

    @Override
    public SnapshottingTask getSnapshottingTask(PostgresPartition partition, PostgresOffsetContext previousOffset) {
        throw new UnsupportedOperationException("Debezium's source decides what is to be done");
    }

    @Override
    public SnapshottingTask getBlockingSnapshottingTask(
            PostgresPartition partition,
            PostgresOffsetContext previousOffset,
            io.debezium.pipeline.signal.actions.snapshotting.SnapshotConfiguration snapshotConfiguration) {
        throw new UnsupportedOperationException("Debezium's source does what a signal asks for");
    }

    @Override
    protected SnapshotContext<PostgresPartition, PostgresOffsetContext> prepare(
            PostgresPartition partition, boolean onDemand) {
        return new SnapshotContext<>(partition);
    }

    @Override
    protected SnapshotResult<PostgresOffsetContext> doExecute(
            ChangeEventSourceContext context,
            @Nullable PostgresOffsetContext previous,
            SnapshotContext<PostgresPartition, PostgresOffsetContext> snapshot,
            SnapshottingTask task)
            throws Exception {
        CapturedTables filter = new CapturedTables(setup.config());
        List<TableId> captured = filter.of(
                setup.connection().getAllTableIds(setup.config().databaseName()),
                getDataCollectionPattern(task.getDataCollections()));
        List<TableId> tables = filter.read(captured);
        listener.monitoredDataCollectionsDetermined(snapshot.partition, captured);
        Optional<InterruptedSnapshot> interrupted =
                setup.unfinished().map(progress -> new InterruptedSnapshot(setup, catchUp, progress));
        if (interrupted.isPresent()) {
            LOG.info("An unfinished snapshot is gone on with; first comes what was changed since");
            // Most of it while no table is locked.
            interrupted.get().catchUp(context, snapshot.partition, writtenSoFar());
        }
        boolean taken = false;
        for (int attempt = 1; !taken; attempt++) {
            if (attempt > ATTEMPTS) {
                throw new DebeziumException(
                        "The snapshot cannot begin, because tables are rewritten again and again, by"
                                + " ALTER TABLE, VACUUM FULL or CLUSTER; it begins once they are left alone");
            }
            TableStructures structures = TableStructures.read(setup, tables);
            try (ConsistentPoint point = attempt == 1 ? firstPoint() : newPoint();
                    SharedSnapshot shared = SharedSnapshot.open(setup.target(), point.exported(), setup.readers())) {
                SnapshotPlan plan = SnapshotPlan.of(
                        shared,
                        tables,
                        setup.snapshots().getSnapshotLock(),
                        setup.config().snapshotLockTimeout(),
                        setup.config().snapshotOrderByRowCount());
                taken = !plan.isRewritten() && structures.areCurrent(setup, tables);
                if (taken) {
                    LOG.info("The snapshot is taken at {}, of {} tables", point.lsn(), tables.size());
                    if (interrupted.isPresent()) {
                        interrupted.get().catchUp(context, snapshot.partition, point.lsn());
                    }
                    take(context, snapshot, task, captured, plan, structures, point.lsn(), shared, interrupted);
                }
            }
        }
        setup.dispatch().heartbeatNow(snapshot.partition, snapshot.offset);
        return SnapshotResult.completed(snapshot.offset);
    }

    /** The slot's own, if it was made just now. */
    private ConsistentPoint firstPoint() throws SQLException {
        return setup.created() == null ? newPoint() : ConsistentPoint.of(setup.created());
    }

    private ConsistentPoint newPoint() throws SQLException {
        if (!setup.streams()) {
            return ConsistentPoint.ofTransaction(setup.config().getJdbcConfig());
        }
        return ConsistentPoint.ofTemporarySlot(
                setup.config().getJdbcConfig(), Math.toIntExact(setup.config().createSlotCommandTimeout()));
    }

    private void take(
            ChangeEventSourceContext context,
            SnapshotContext<PostgresPartition, PostgresOffsetContext> snapshot,
            SnapshottingTask task,
            List<TableId> captured,
            SnapshotPlan plan,
            TableStructures structures,
            Lsn point,
            SharedSnapshot shared,
            Optional<InterruptedSnapshot> interrupted)
            throws Exception {
        Instant taken = shared.byKeeper(TakenAt::of);
        PostgresOffsetContext offset = offsetAt(point, taken);
        snapshot.offset = offset;

        TableSources sources = new TableSources(
                setup,
                structures.known(),
                snapshot.partition,
                offset,
                taken,
                select -> shared.byKeeper(keeper -> TableSources.columns(keeper, select)),
                task.getFilterQueries(),
                beside.note());
        SnapshotProgress complete =
                interrupted.map(InterruptedSnapshot::progress).orElse(SnapshotProgress.NONE);
        List<TableRun> runs = new ArrayList<>();
        for (SnapshotPlan.Entry entry : plan.tables()) {
            Optional<TableSource> source = sources.of(entry);
            if (source.isPresent()) {
                runs.add(new TableRun(
                        source.get(),
                        complete.blocks(source.get().name(), source.get().identity()),
                        setup.chunkBytes()));
            } else {
                listener.dataCollectionSnapshotCompleted(snapshot.partition, entry.id(), 0);
            }
        }
        SnapshotPace pace = new SnapshotPace(runs, setup.chunkBytes(), System::nanoTime);
        try (Registration status = Registration.of("snapshot", setup.config().getLogicalName(), pace);
                SlotWatch slot = SlotWatch.of(setup, pace)) {
            read(
                    context,
                    new SnapshotWatch(
                            snapshot.partition,
                            offset,
                            setup.dispatch(),
                            listener,
                            notificationService,
                            runs,
                            captured,
                            pace),
                    runs,
                    complete.of(runs),
                    interrupted.map(InterruptedSnapshot::stale).orElseGet(StaleRows::new),
                    shared,
                    offset,
                    slot);
        }
    }

    private Lsn writtenSoFar() throws SQLException {
        Lsn written = new Lsn(setup.connection().currentXLogLocation());
        setup.connection().commit();
        return written;
    }

    private void read(
            ChangeEventSourceContext context,
            SnapshotWatch watch,
            List<TableRun> runs,
            SnapshotProgress complete,
            StaleRows stale,
            SharedSnapshot shared,
            PostgresOffsetContext offset,
            SlotWatch slot)
            throws Exception {
        BooleanSupplier running = () -> {
            slot.assertKept();
            return context.isRunning();
        };
        SnapshotStamp stamp = new SnapshotStamp(complete);
        try (RecordLane lane = setup.lanes().open(stamp)) {
            SnapshotRun run = new SnapshotRun(runs, complete, lane, watch);
            stamp.follow(run);
            try (SnapshotSession session = shared.session()) {
                ChunkReader reader = new ChunkReader(run, setup.dispatch(), shared, session, running);
                for (TableRun table : runs) {
                    // What is read anew anyway, and what is complete, misses nothing.
                    if (!table.isBegun() || !table.isWaiting()) {
                        continue;
                    }
                    for (String condition : stale.conditions(table.source().id())) {
                        reader.read(table, "COPY (" + table.source().query().where(condition) + ") TO STDOUT");
                        reader.flush(table);
                    }
                }
            }
            Readers.run(setup.readers(), "tributary-snapshot", others -> {
                try (SnapshotSession session = shared.session()) {
                    new ChunkReader(
                                    run,
                                    setup.dispatch(),
                                    shared,
                                    session,
                                    () -> running.getAsBoolean() && others.areWell())
                            .read();
                }
            });
            shared.assertLocked();
            offset.preSnapshotCompletion();
            run.finish();
            offset.postSnapshotCompletion();
        }
    }

    /** The offset that a snapshot at a position begins with, as Debezium would make it. */
    private PostgresOffsetContext offsetAt(Lsn point, Instant taken) throws SQLException {
        PostgresOffsetContext offset =
                PostgresOffsetContext.initialContext(setup.config(), setup.connection(), Clock.system());
        Long transaction = setup.connection().currentTransactionId();
        setup.connection().commit();
        offset.updateWalPosition(
                io.debezium.connector.postgresql.connection.Lsn.valueOf(point.value()),
                null,
                taken,
                transaction,
                null,
                null);
        offset.preSnapshotStart(false);
        return offset;
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
