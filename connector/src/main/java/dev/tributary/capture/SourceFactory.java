// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.backfill.SentTables;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.snapshot.SnapshotSource;
import dev.tributary.capture.stream.CatchUpStream;
import dev.tributary.capture.stream.InterleavedSource;
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
import org.jspecify.annotations.Nullable;

/** Gives Debezium's coordinator our sources where we have one, and Debezium's for the rest. */
final class SourceFactory extends PostgresChangeEventSourceFactory {

    private final DebeziumSourceParts parts;
    private final SnapshotSetup snapshot;
    private final @Nullable StreamSetup stream;

    /**
     * @param parts the parts of Debezium's sources
     * @param stream the parts of our stream; null if this run does not stream
     */
    SourceFactory(DebeziumSourceParts parts, SnapshotSetup snapshot, @Nullable StreamSetup stream) {
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
        this.parts = parts;
        this.snapshot = snapshot;
        this.stream = stream;
    }

    @Override
    public SnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> getSnapshotChangeEventSource(
            SnapshotProgressListener<PostgresPartition> listener,
            NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
        return new SnapshotSource(
                new KeyedSnapshot(parts, listener, notifications),
                snapshot,
                stream == null ? null : new CatchUpStream(stream),
                () -> SentTables.read(snapshot),
                stream == null ? InterleavedSource.NONE : stream.interleaved(),
                listener,
                notifications);
    }

    @Override
    public Optional<IncrementalSnapshotChangeEventSource<PostgresPartition, ? extends DataCollectionId>>
            getIncrementalSnapshotChangeEventSource(
                    PostgresOffsetContext offset,
                    SnapshotProgressListener<PostgresPartition> progress,
                    DataChangeEventListener<PostgresPartition> events,
                    NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
        if (stream != null && parts.config().isReadOnlyConnection()) {
            return Optional.of(SerialSnapshots.of(
                    new ReadOnlySnapshots(parts, stream.streamed(), progress, events, notifications)));
        }
        if (stream != null && !parts.config().getSignalingDataCollectionIds().isEmpty()) {
            return Optional.of(SerialSnapshots.of(
                    new WatermarkSnapshots(parts, stream.streamed(), progress, events, notifications)));
        }
        return super.getIncrementalSnapshotChangeEventSource(offset, progress, events, notifications)
                .map(SerialSnapshots::of);
    }

    @Override
    public StreamingChangeEventSource<PostgresPartition, PostgresOffsetContext> getStreamingChangeEventSource() {
        return stream == null ? super.getStreamingChangeEventSource() : new StreamingSource(stream, parts.errors());
    }
}
