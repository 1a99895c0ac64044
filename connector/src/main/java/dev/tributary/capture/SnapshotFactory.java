// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.snapshot.CatchUp;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.snapshot.SnapshotSource;
import dev.tributary.record.Companion;
import io.debezium.connector.postgresql.PostgresChangeEventSourceFactory;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.spi.SnapshotChangeEventSource;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.util.Clock;

/** Has the snapshot at the start taken by our source, and leaves the rest to Debezium's: for a run that does not stream. */
class SnapshotFactory extends PostgresChangeEventSourceFactory {

    private final SnapshotSetup setup;
    private final CatchUp catchUp;
    private final Companion beside;

    /**
     * @param parts what Debezium's sources are made of
     * @param catchUp streams up to the snapshot
     * @param beside knows what offsets have to say beside how far the snapshot is
     */
    SnapshotFactory(DebeziumSourceParts parts, SnapshotSetup setup, CatchUp catchUp, Companion beside) {
        super(
                parts.config(),
                parts.snapshots(),
                parts.connections(),
                parts.errors(),
                parts.dispatcher(),
                Clock.system(),
                parts.schema(),
                parts.context(),
                parts.slot().connection(),
                parts.slot().created(),
                parts.slot().found());
        this.setup = setup;
        this.catchUp = catchUp;
        this.beside = beside;
    }

    @Override
    public SnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> getSnapshotChangeEventSource(
            SnapshotProgressListener<PostgresPartition> listener,
            NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
        return new SnapshotSource(
                super.getSnapshotChangeEventSource(listener, notifications),
                setup,
                catchUp,
                beside,
                listener,
                notifications);
    }
}
