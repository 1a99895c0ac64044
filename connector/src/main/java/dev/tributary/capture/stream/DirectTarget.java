// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import dev.tributary.record.RecordTimestamps;
import dev.tributary.record.Records;
import dev.tributary.record.TableRecords;
import io.debezium.data.Envelope.Operation;
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
 * @param table makes the events of the table
 * @param timestamps decides their timestamps
 * @param point the place of the change
 * @param additionalOffset entries to add to the offset of each record
 * @param bytes the size of the change
 */
record DirectTarget(
        StreamContext context,
        ChangeDispatcher dispatcher,
        RecordLane lane,
        DirectTable table,
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
        EventOrder order = table.transactions() == null ? null : counted();
        Struct envelope = table.envelope(point, operation, before, after, order);
        dispatcher.count(context.partition(), table.id(), context.offset(), key, envelope, operation);
        TableRecords<ChangePoint> records = table.records();
        ConnectHeaders all = records.withContext(headers);
        Long timestamp = timestamps.of(point.transaction().commitMillis());
        boolean hasTombstone = context.hasTombstone(operation);
        boolean completes = last && !hasTombstone;
        long size = bytes + (order == null ? Records.OVERHEAD_BYTES : Records.OVERHEAD_BYTES_WITH_TRANSACTION);
        SourceRecord event = records.event(
                offset(order, completes),
                operation,
                key,
                envelope,
                timestamp,
                all,
                point.transaction().commitMillis());
        send(event, size, completes);
        if (hasTombstone) {
            send(records.tombstone(offset(order, last), key, timestamp, all), size, last);
        }
    }

    private EventOrder counted() {
        return context.counts().count(context.offset().getTransactionContext(), table.id(), point);
    }

    private ChangeOffset offset(@Nullable EventOrder order, boolean completes) {
        return new ChangeOffset(point, order, completes, additionalOffset);
    }

    private void send(SourceRecord record, long size, boolean completes) throws InterruptedException {
        if (completes) {
            context.progress().complete(point.step());
        }
        lane.add(record, size, !completes);
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
