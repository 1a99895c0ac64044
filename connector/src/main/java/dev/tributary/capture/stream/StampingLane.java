// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.RecordLane;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Changes records on their way to another lane.
 *
 * @param lane the other lane; it changes by itself what Debezium's parts send
 * @param stamp the change
 */
record StampingLane(RecordLane lane, UnaryOperator<SourceRecord> stamp) implements RecordLane {

    @Override
    public void add(SourceRecord record, long bytes) throws InterruptedException {
        lane.add(stamp.apply(record), bytes);
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
    public void close() {
        lane.close();
    }

    /**
     * Changes what Debezium's parts send, after another stamp has.
     *
     * @param first the other stamp
     * @param then the change
     */
    record Stamps(RecordLane.Stamp first, UnaryOperator<SourceRecord> then) implements RecordLane.Stamp {

        @Override
        public SourceRecord stamp(SourceRecord record) {
            return then.apply(first.stamp(record));
        }

        @Override
        public SourceRecord fromElsewhere(SourceRecord record) {
            return then.apply(first.fromElsewhere(record));
        }

        @Override
        public boolean isWhole() {
            return first.isWhole();
        }

        @Override
        public void sending(Map<String, ?> offset) {
            first.sending(offset);
        }
    }
}
