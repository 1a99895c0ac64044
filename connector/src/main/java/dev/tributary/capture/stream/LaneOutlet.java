// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.handover.RecordLane;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The way out of the thread that streams, for an interleaved source.
 *
 * @param context what all changes of the stream have in common
 * @param lane where records go
 */
record LaneOutlet(StreamContext context, RecordLane lane) implements InterleavedSource.Outlet {

    @Override
    public Map<String, Object> offset() {
        return context.stamp().offsetAfter(lane.lastOffset(), context.offset().getOffset());
    }

    @Override
    public void begin() {
        lane.begin(RecordLane.Unit.ROWS);
    }

    @Override
    public void end() throws InterruptedException {
        lane.end();
    }

    @Override
    public void send(SourceRecord record, long bytes) throws InterruptedException {
        lane.add(record, bytes, context.stamp().isAmidChange());
    }
}
