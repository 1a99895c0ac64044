// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.relational.TableId;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells Debezium's metrics, its notifications and the log how far a snapshot is. */
final class SnapshotWatch implements SnapshotRun.Watcher {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWatch.class);
    private static final long BETWEEN_LINES_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final PostgresPartition partition;
    private final PostgresOffsetContext offset;
    private final SnapshotDispatch dispatch;
    private final SnapshotProgressListener<PostgresPartition> listener;
    private final NotificationService<PostgresPartition, PostgresOffsetContext> notifications;
    private final Set<TableId> tables;

    /** As Debezium tells it where a table has been read: with the table of signals. */
    private final Set<TableId> captured;

    private final SnapshotPace pace;
    private long lineNanos = System.nanoTime();

    SnapshotWatch(
            PostgresPartition partition,
            PostgresOffsetContext offset,
            SnapshotDispatch dispatch,
            SnapshotProgressListener<PostgresPartition> listener,
            NotificationService<PostgresPartition, PostgresOffsetContext> notifications,
            List<TableRun> runs,
            Collection<TableId> captured,
            SnapshotPace pace) {
        this.partition = partition;
        this.offset = offset;
        this.dispatch = dispatch;
        this.listener = listener;
        this.notifications = notifications;
        this.tables = runs.stream().map(run -> run.source().id()).collect(Collectors.toSet());
        this.captured = new LinkedHashSet<>(captured);
        this.pace = pace;
    }

    @Override
    public void begins(TableRun table) {
        TableSource source = table.source();
        LOG.info(
                "Reading {}: about {} rows, {} MB, in {} chunks",
                source.id(),
                source.storage().rows(),
                source.storage().bytes() >> 20,
                table.chunks());
        notifications
                .initialSnapshotNotificationService()
                .notifyTableInProgress(partition, offset, source.id().identifier(), tables);
    }

    @Override
    public void sends(TableRun table, SnapshotRecords.Row row) {
        pace.sends(table.source().id());
        dispatch.countRead(
                partition, table.source().id(), offset, (Struct) row.record().key(), (Struct)
                        Objects.requireNonNull(row.record().value()));
    }

    @Override
    public void completes(Chunk chunk) {
        TableRun table = chunk.table();
        TableId id = table.source().id();
        listener.rowsScanned(partition, id, table.rows());
        pace.completes(id);
        long now = System.nanoTime();
        if (now - lineNanos > BETWEEN_LINES_NANOS) {
            lineNanos = now;
            LOG.info("Snapshot: {}", pace.line(id));
        }
    }

    @Override
    public void ends(TableRun table) {
        TableId id = table.source().id();
        LOG.info("Read {}: {} rows", id, table.rows());
        listener.dataCollectionSnapshotCompleted(partition, id, table.rows());
        notifications
                .initialSnapshotNotificationService()
                .notifyCompletedTableSuccessfully(partition, offset, id.identifier(), table.rows(), captured);
    }
}
