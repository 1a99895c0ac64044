// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.snapshot.SnapshotSource;
import dev.tributary.capture.stream.CatchUpStream;
import dev.tributary.capture.stream.StreamSetup;
import dev.tributary.capture.stream.StreamingSource;
import io.debezium.connector.postgresql.PostgresChangeEventSourceFactory;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotChangeEventSource;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.pipeline.source.spi.SnapshotChangeEventSource;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.source.spi.StreamingChangeEventSource;
import io.debezium.spi.schema.DataCollectionId;
import io.debezium.util.Clock;
import java.util.Optional;

/** Hands out our sources where there is one, and Debezium's for the rest. */
final class SourceFactory extends PostgresChangeEventSourceFactory {

    private final StreamSetup setup;
    private final SnapshotSetup snapshots;
    private final CaptureErrorHandler errors;
    private final DebeziumSourceParts parts;

    /** @param parts what Debezium's sources are made of */
    SourceFactory(DebeziumSourceParts parts, StreamSetup setup, SnapshotSetup snapshots) {
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
        this.snapshots = snapshots;
        this.errors = parts.errors();
        this.parts = parts;
    }

    @Override
    public Optional<IncrementalSnapshotChangeEventSource<PostgresPartition, ? extends DataCollectionId>>
            getIncrementalSnapshotChangeEventSource(
                    PostgresOffsetContext offset,
                    SnapshotProgressListener<PostgresPartition> progress,
                    DataChangeEventListener<PostgresPartition> events,
                    NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
        if (parts.config().isReadOnlyConnection()) {
            return Optional.of(SerialSnapshots.of(
                    new ReadOnlySnapshots(parts, setup.streamed(), progress, events, notifications)));
        }
        return super.getIncrementalSnapshotChangeEventSource(offset, progress, events, notifications)
                .map(SerialSnapshots::of);
    }

    @Override
    public SnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> getSnapshotChangeEventSource(
            SnapshotProgressListener<PostgresPartition> listener,
            NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
        CatchUpStream catchUp = new CatchUpStream(setup);
        return new SnapshotSource(
                super.getSnapshotChangeEventSource(listener, notifications),
                snapshots,
                (position, again, running, partition, offset, stamp, incomplete) ->
                        catchUp.until(position, again, running, partition, offset, stamp, incomplete::updated),
                setup.companion(),
                listener,
                notifications);
    }

    @Override
    public StreamingChangeEventSource<PostgresPartition, PostgresOffsetContext> getStreamingChangeEventSource() {
        return new StreamingSource(setup, errors);
    }
}
