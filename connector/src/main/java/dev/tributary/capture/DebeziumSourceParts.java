// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.CaptureSchema;
import dev.tributary.capture.stream.StreamSlot;
import io.debezium.connector.postgresql.PostgresChangeEventSourceFactory;
import io.debezium.connector.postgresql.PostgresEventDispatcher;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.spi.SnapshotChangeEventSource;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.relational.TableId;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.util.Clock;

/** The parts of Debezium's sources. */
record DebeziumSourceParts(
        CaptureConfig config,
        SnapshotterService snapshots,
        MainConnectionProvidingConnectionFactory<PostgresConnection> connections,
        CaptureErrorHandler errors,
        PostgresEventDispatcher<TableId> dispatcher,
        CaptureSchema schema,
        TaskContext context,
        StreamSlot slot) {

    /** Returns a factory of Debezium's own sources; their snapshots contain the keys. */
    PostgresChangeEventSourceFactory debeziumsFactory() {
        return new PostgresChangeEventSourceFactory(
                config,
                snapshots,
                connections,
                errors,
                dispatcher,
                Clock.system(),
                schema,
                context,
                slot.connection(),
                slot.created(),
                slot.found()) {
            @Override
            public SnapshotChangeEventSource<PostgresPartition, PostgresOffsetContext> getSnapshotChangeEventSource(
                    SnapshotProgressListener<PostgresPartition> progress,
                    NotificationService<PostgresPartition, PostgresOffsetContext> notifications) {
                return new KeyedSnapshot(DebeziumSourceParts.this, progress, notifications);
            }
        };
    }
}
