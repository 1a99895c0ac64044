// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Marks every record as sent while a snapshot is unfinished, so that an interruption of the catch-up changes nothing:
 * the next run finds the snapshot where it was, and Debezium would take it again.
 *
 * @param lane where records go
 * @param unfinished the keys of the offset that describe the snapshot
 */
record UnfinishedLane(RecordLane lane, Map<String, Object> unfinished) implements RecordLane {

    static UnfinishedLane open(RecordLane.Opener lanes, RecordLane.Stamp stamp, Map<String, Object> unfinished) {
        return new UnfinishedLane(lanes.open(new Marking(stamp, unfinished)), unfinished);
    }

    @Override
    public void begin(Unit unit) {
        lane.begin(unit);
    }

    @Override
    public void end() throws InterruptedException {
        lane.end();
    }

    @Override
    public boolean isWithinUnit() {
        return lane.isWithinUnit();
    }

    @Override
    public void add(SourceRecord record, long bytes, boolean joinsNext) throws InterruptedException {
        lane.add(UnfinishedOffset.in(record, () -> unfinished), bytes, joinsNext);
    }

    @Override
    public void flushIfDue(long nanoTime) throws InterruptedException {
        lane.flushIfDue(nanoTime);
    }

    @Override
    public void flush() throws InterruptedException {
        lane.flush();
    }

    @Override
    public @Nullable Map<String, ?> lastOffset() {
        return lane.lastOffset();
    }

    @Override
    public boolean isDelivered() {
        return lane.isDelivered();
    }

    @Override
    public @Nullable Map<String, ?> deliveredUpTo() {
        return lane.deliveredUpTo();
    }

    @Override
    public void close() {
        lane.close();
    }

    /** Marks the records that Debezium's parts make, after they have been completed. */
    private record Marking(RecordLane.Stamp stamp, Map<String, Object> unfinished) implements RecordLane.Stamp {

        @Override
        public RecordLane.Stamped stamp(SourceRecord record) {
            RecordLane.Stamped stamped = stamp.stamp(record);
            return new RecordLane.Stamped(UnfinishedOffset.in(stamped.record(), () -> unfinished), stamped.joinsNext());
        }

        @Override
        public SourceRecord fromElsewhere(SourceRecord record, @Nullable Map<String, ?> last) {
            return UnfinishedOffset.in(stamp.fromElsewhere(record, last), () -> unfinished);
        }
    }
}
