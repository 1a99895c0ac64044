// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.capture.stream.CatchUpStream;
import dev.tributary.capture.stream.InterleavedSource;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.signal.actions.snapshotting.SnapshotConfiguration;
import io.debezium.pipeline.source.SnapshottingTask;
import io.debezium.pipeline.source.spi.SnapshotChangeEventSource;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.spi.SnapshotResult;
import org.jspecify.annotations.Nullable;

/**
 * Takes the snapshot at the start of a connector. Debezium's source decides what it has to do, from the snapshot mode
 * and the stored offset, and takes the blocking snapshots that signals request later.
 */
public final class SnapshotSource implements SnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> {

    private final SnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> debeziums;
    private final CopySnapshot ours;

    /**
     * @param debeziums Debezium's source
     * @param catchUp streams up to the snapshot; null if this run does not stream
     * @param known reads the tables of an unfinished snapshot
     * @param interleaved knows which entries to add to every offset
     */
    public SnapshotSource(
            SnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> debeziums,
            SnapshotSetup setup,
            @Nullable CatchUpStream catchUp,
            KnownTables.Reader known,
            InterleavedSource interleaved,
            SnapshotProgressListener<PostgresPartition> listener,
            NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
        this.debeziums = debeziums;
        this.ours = new CopySnapshot(setup, catchUp, known, interleaved, listener, notifications);
    }

    @Override
    public SnapshottingTask getSnapshottingTask(PostgresPartition partition, PostgresOffsetContext previousOffset) {
        return debeziums.getSnapshottingTask(partition, previousOffset);
    }

    @Override
    public SnapshottingTask getBlockingSnapshottingTask(
            PostgresPartition partition,
            PostgresOffsetContext previousOffset,
            SnapshotConfiguration snapshotConfiguration) {
        return debeziums.getBlockingSnapshottingTask(partition, previousOffset, snapshotConfiguration);
    }

    @Override
    public SnapshotResult<PostgresOffsetContext> execute(
            ChangeEventSourceContext running,
            PostgresPartition partition,
            PostgresOffsetContext previousOffset,
            SnapshottingTask task)
            throws InterruptedException {
        boolean isOurs = task.snapshotData() && !task.isOnDemand();
        return (isOurs ? ours : debeziums).execute(running, partition, previousOffset, task);
    }
}
