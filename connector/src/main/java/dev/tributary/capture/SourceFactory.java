// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.stream.CatchUpStream;
import dev.tributary.capture.stream.StreamSetup;
import dev.tributary.capture.stream.StreamingSource;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.snapshot.incremental.IncrementalSnapshotChangeEventSource;
import io.debezium.pipeline.source.spi.DataChangeEventListener;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.pipeline.source.spi.StreamingChangeEventSource;
import io.debezium.spi.schema.DataCollectionId;
import java.util.Optional;

/** Hands out our sources where there is one, and Debezium's for the rest. */
final class SourceFactory extends SnapshotFactory {

    private final StreamSetup setup;
    private final CaptureErrorHandler errors;
    private final DebeziumSourceParts parts;

    private SourceFactory(
            DebeziumSourceParts parts, StreamSetup setup, SnapshotSetup snapshots, CatchUpStream catchUp) {
        super(
                parts,
                snapshots,
                (position, again, running, partition, offset, stamp, incomplete) ->
                        catchUp.until(position, again, running, partition, offset, stamp, incomplete::updated),
                setup.companion());
        this.setup = setup;
        this.errors = parts.errors();
        this.parts = parts;
    }

    /** @param parts what Debezium's sources are made of */
    static SourceFactory of(DebeziumSourceParts parts, StreamSetup setup, SnapshotSetup snapshots) {
        return new SourceFactory(parts, setup, snapshots, new CatchUpStream(setup));
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
    public StreamingChangeEventSource<PostgresPartition, PostgresOffsetContext> getStreamingChangeEventSource() {
        return new StreamingSource(setup, errors);
    }
}
