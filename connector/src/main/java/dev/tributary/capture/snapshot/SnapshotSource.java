// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.record.Companion;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.signal.actions.snapshotting.SnapshotConfiguration;
import io.debezium.pipeline.source.SnapshottingTask;
import io.debezium.pipeline.source.spi.SnapshotChangeEventSource;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.spi.SnapshotResult;

/**
 * Takes the snapshot that a connector begins with. What to do is decided by Debezium's source, from the snapshot mode and the
 * stored offset; it also does what is asked for by a signal later on.
 */
public final class SnapshotSource implements SnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> {

    private final SnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> stock;
    private final CopySnapshot ours;

    /**
     * @param stock Debezium's source
     * @param catchUp streams up to the snapshot
     * @param beside knows what offsets have to say beside how far the snapshot is
     */
    public SnapshotSource(
            SnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> stock,
            SnapshotSetup setup,
            CatchUp catchUp,
            Companion beside,
            SnapshotProgressListener<PostgresPartition> listener,
            NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
        this.stock = stock;
        this.ours = new CopySnapshot(setup, catchUp, beside, listener, notifications);
    }

    @Override
    public SnapshottingTask getSnapshottingTask(PostgresPartition partition, PostgresOffsetContext previousOffset) {
        return stock.getSnapshottingTask(partition, previousOffset);
    }

    @Override
    public SnapshottingTask getBlockingSnapshottingTask(
            PostgresPartition partition,
            PostgresOffsetContext previousOffset,
            SnapshotConfiguration snapshotConfiguration) {
        return stock.getBlockingSnapshottingTask(partition, previousOffset, snapshotConfiguration);
    }

    @Override
    public SnapshotResult<PostgresOffsetContext> execute(
            ChangeEventSourceContext context,
            PostgresPartition partition,
            PostgresOffsetContext previousOffset,
            SnapshottingTask task)
            throws InterruptedException {
        boolean isOurs = task.snapshotData() && !task.isOnDemand();
        return (isOurs ? ours : stock).execute(context, partition, previousOffset, task);
    }
}
