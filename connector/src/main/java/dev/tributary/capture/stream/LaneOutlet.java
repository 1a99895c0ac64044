// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.Companion;
import dev.tributary.record.RecordLane;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The way out of the thread that streams, for a companion.
 *
 * @param progress knows what was sent last
 * @param first Debezium's offset, for when nothing has been sent yet
 * @param lane takes the records
 */
record LaneOutlet(StreamProgress progress, PostgresOffsetContext first, RecordLane lane) implements Companion.Outlet {

    @Override
    public Map<String, Object> offset() {
        return progress.offsetBehindLast(first);
    }

    @Override
    public void send(SourceRecord record, long bytes) throws InterruptedException {
        lane.add(record, bytes);
    }
}
