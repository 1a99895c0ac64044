// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import dev.tributary.record.RecordTimestamps;
import dev.tributary.record.Records;
import dev.tributary.record.TableRecords;
import io.debezium.data.Envelope.Operation;
import io.debezium.relational.TableId;
import java.util.Map;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.ConnectHeaders;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Sends the events of one change without Debezium's dispatcher. The records are the same, and they are counted all the
 * same.
 *
 * @param context what all changes of the stream have in common
 * @param dispatcher counts
 * @param lane where records go
 * @param table the table
 * @param records makes the records of the table
 * @param timestamps decides their timestamps
 * @param point the place of the change
 * @param additionalOffset entries to add to the offset of each record
 * @param bytes the size of the change
 */
record DirectTarget(
        StreamContext context,
        ChangeDispatcher dispatcher,
        RecordLane lane,
        TableId table,
        TableRecords<ChangePoint> records,
        RecordTimestamps timestamps,
        ChangePoint point,
        Map<String, String> additionalOffset,
        long bytes)
        implements RowChange.Target {

    @Override
    public void event(
            Operation operation,
            @Nullable Struct key,
            @Nullable Struct before,
            @Nullable Struct after,
            @Nullable ConnectHeaders headers,
            boolean last)
            throws InterruptedException {
        if (skips(operation)) {
            return;
        }
        Struct envelope = records.envelope(point, operation, before, after);
        dispatcher.count(context.partition(), table, context.offset(), key, envelope, operation);
        ConnectHeaders all = records.withContext(headers);
        Long timestamp = timestamps.of(point.transaction().commitMillis());
        boolean hasTombstone = context.hasTombstone(operation);
        boolean completes = last && !hasTombstone;
        send(records.event(offset(completes), operation, key, envelope, timestamp, all), completes);
        if (hasTombstone) {
            send(records.tombstone(offset(last), key, timestamp, all), last);
        }
    }

    private ChangeOffset offset(boolean completes) {
        return new ChangeOffset(point, completes, additionalOffset);
    }

    private void send(SourceRecord record, boolean completes) throws InterruptedException {
        if (completes) {
            context.progress().complete(point.step());
        }
        lane.add(record, Records.OVERHEAD_BYTES + bytes, !completes);
    }

    @Override
    public boolean skips(Operation what) {
        return context.skipped().contains(what);
    }

    @Override
    public boolean skipsUnchanged() {
        return context.skipsUnchanged();
    }

    @Override
    public void unchanged() {
        dispatcher.countUnchanged(context.partition());
    }
}
