// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import dev.tributary.metrics.EventStatus;
import dev.tributary.position.StartingPoint;
import dev.tributary.position.StoredOffset;
import dev.tributary.record.RecordTimestamps;
import dev.tributary.row.CodecCompiler;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import java.util.Optional;

/**
 * The parts that every source of a task works with: the stream, the snapshot at the start, and the backfill.
 *
 * @param config the connector's configuration
 * @param schema Debezium's schema of the captured tables
 * @param compiler compiles the codecs of rows
 * @param dispatcher Debezium's dispatcher, and what it takes to do without it
 * @param failures decides what happens if an event cannot be made
 * @param timestamps decides the timestamps of records
 * @param lanes opens the way of records to Connect
 * @param notifications sends the notifications that other threads ask for
 * @param point where the task begins
 * @param events counts what Connect has stored
 */
public record CaptureParts(
        PostgresConnectorConfig config,
        CaptureSchema schema,
        CodecCompiler compiler,
        ChangeDispatcher dispatcher,
        EventFailures failures,
        RecordTimestamps timestamps,
        RecordLane.Opener lanes,
        NotificationSender notifications,
        StartingPoint point,
        EventStatus events) {

    /** The offset to resume from; empty if there is none, or if it must not be used. */
    public Optional<StoredOffset> stored() {
        return point.stored();
    }
}
