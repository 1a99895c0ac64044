// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.capture.stream.ChangeDispatcher;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.relational.TableId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reports the progress of a snapshot to Debezium's metrics, its notifications and the log. */
final class SnapshotWatch implements SnapshotRun.Watcher {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWatch.class);
    private static final long BETWEEN_LINES_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PostgresPartition partition;
    private final PostgresOffsetContext offset;
    private final ChangeDispatcher dispatcher;
    private final SnapshotProgressListener<PostgresPartition> listener;
    private final @Nullable NotificationService<PostgresPartition, PostgresOffsetContext> notifications;
    private final Set<TableId> tables;

    /** With the signal table, as Debezium's notification has it when a table has been read. */
    private final Set<TableId> captured;

    private final SnapshotPace pace;
    private long lineNanos = System.nanoTime();

    SnapshotWatch(
            SnapshotMoment moment,
            ChangeDispatcher dispatcher,
            SnapshotReports reports,
            List<TableRun> runs,
            SnapshotPace pace) {
        this.partition = moment.partition();
        this.offset = moment.offset();
        this.dispatcher = dispatcher;
        this.listener = reports.listener();
        this.notifications = reports.notifications();
        this.tables = runs.stream().map(run -> run.source().id()).collect(Collectors.toSet());
        this.captured = new LinkedHashSet<>(reports.captured());
        this.pace = pace;
    }

    @Override
    public void tableStarted(TableRun table) {
        TableSource source = table.source();
        LOG.info(
                "Reading {}: about {} rows, {} MB, in {} chunks",
                source.id(),
                source.storage().rows(),
                source.storage().bytes() >> 20,
                table.chunks());
        if (notifications != null) {
            notifications
                    .initialSnapshotNotificationService()
                    .notifyTableInProgress(partition, offset, source.id().identifier(), tables);
        }
    }

    @Override
    public void rowSent(TableRun table, RowRecord row) {
        TableId id = table.source().id();
        pace.rowSent(id);
        dispatcher.countRead(partition, id, offset, row.record());
    }

    @Override
    public void chunkCompleted(TableRun table) {
        TableId id = table.source().id();
        listener.rowsScanned(partition, id, table.rows());
        pace.chunkCompleted(id);
        long now = System.nanoTime();
        if (now - lineNanos > BETWEEN_LINES_NANOS) {
            lineNanos = now;
            LOG.info("Snapshot: {}", pace.line(id));
        }
    }

    @Override
    public void tableRead(TableRun table) {
        TableId id = table.source().id();
        LOG.info("Read {}: {} rows", id, table.rows());
        listener.dataCollectionSnapshotCompleted(partition, id, table.rows());
        if (notifications != null) {
            notifications
                    .initialSnapshotNotificationService()
                    .notifyCompletedTableSuccessfully(partition, offset, id.identifier(), table.rows(), captured);
        }
    }
}
