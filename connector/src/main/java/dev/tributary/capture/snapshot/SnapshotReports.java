// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.notification.NotificationService;
import io.debezium.pipeline.source.spi.SnapshotProgressListener;
import io.debezium.relational.TableId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the progress of a snapshot is reported, in addition to the log.
 *
 * @param listener Debezium's metrics
 * @param notifications Debezium's notifications; null if nobody receives them: each of them lists all tables
 * @param captured all captured tables, the signal table included, as Debezium's notifications list them
 */
record SnapshotReports(
        SnapshotProgressListener<PostgresPartition> listener,
        @Nullable NotificationService<PostgresPartition, PostgresOffsetContext> notifications,
        List<TableId> captured) {}
