// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import io.debezium.connector.postgresql.PostgresChangeEventSourceFactory;
import io.debezium.connector.postgresql.PostgresEventDispatcher;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.jdbc.MainConnectionProvidingConnectionFactory;
import io.debezium.relational.TableId;
import io.debezium.snapshot.SnapshotterService;
import io.debezium.util.Clock;

/** What Debezium's sources are made of. */
record DebeziumSourceParts(
        CaptureConfig config,
        SnapshotterService snapshots,
        MainConnectionProvidingConnectionFactory<PostgresConnection> connections,
        CaptureErrorHandler errors,
        PostgresEventDispatcher<TableId> dispatcher,
        CaptureSchema schema,
        TaskContext context,
        Slot slot) {

    /** A factory of Debezium's own sources. */
    PostgresChangeEventSourceFactory stock() {
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
                slot.found());
    }
}
