// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.RecordLane;
import io.debezium.data.Envelope.Operation;
import io.debezium.relational.TableId;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of one change without Debezium's dispatcher: the records are the same, and they are counted all the same.
 *
 * @param feed what all changes of the stream have in common
 * @param dispatcher knows what is skipped, and counts
 * @param lane where records go
 * @param table the table
 * @param records makes its records
 * @param point where the change stands
 * @param bytes how large the change is
 */
record DirectTarget(
        Feed feed,
        ChangeDispatcher dispatcher,
        RecordLane lane,
        TableId table,
        TableRecords records,
        ChangePoint point,
        long bytes)
        implements RowChange.Target {

    /** What a record occupies beside its row. */
    private static final long RECORD_BYTES = 512;

    @Override
    public void event(
            Operation operation,
            @Nullable Struct key,
            @Nullable Struct before,
            @Nullable Struct after,
            @Nullable ConnectHeaders headers,
            boolean last)
            throws InterruptedException {
        StreamProgress progress = feed.progress();
        progress.next(last, operation);
        if (dispatcher.skips(operation)) {
            return;
        }
        Struct envelope = records.envelope(point, operation, before, after, now());
        dispatcher.count(feed.partition(), table, feed.offset(), key, envelope, operation);
        ConnectHeaders all = records.withContext(headers);
        send(records.event(point, progress.sentWithNext(), progress.note(), operation, key, envelope, all));
        if (operation == Operation.DELETE && progress.sendsTombstones()) {
            send(records.tombstone(point, progress.sentWithNext(), progress.note(), key, all));
        }
    }

    private void send(SourceRecord record) throws InterruptedException {
        lane.add(record, RECORD_BYTES + bytes);
    }

    /** In nanoseconds since the epoch. */
    private static long now() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public boolean comparesKeys() {
        return false;
    }

    @Override
    public boolean skipsUnchanged() {
        return feed.skipsUnchanged();
    }

    @Override
    public void unchanged() {
        dispatcher.countUnchanged(feed.partition());
    }
}
