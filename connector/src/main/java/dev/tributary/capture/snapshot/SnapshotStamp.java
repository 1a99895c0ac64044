// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.record.RecordLane;
import io.debezium.connector.AbstractSourceInfo;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Puts what is complete into the offsets of records that Debezium's parts send while a snapshot is read, notifications above
 * all: one of them may be the last that is stored.
 */
final class SnapshotStamp implements RecordLane.Stamp {

    private volatile Supplier<SnapshotProgress> complete;

    /** @param complete what is complete before anything is read */
    SnapshotStamp(SnapshotProgress complete) {
        this.complete = () -> complete;
    }

    /** Has the offsets follow a snapshot from here on. */
    void follow(SnapshotRun run) {
        complete = run::progress;
    }

    @Override
    public SourceRecord stamp(SourceRecord record) {
        if (!record.sourceOffset().containsKey(AbstractSourceInfo.SNAPSHOT_KEY)) {
            return record;
        }
        return UnfinishedOffset.in(
                record, Map.of(SnapshotProgress.KEY, complete.get().text()));
    }

    @Override
    public SourceRecord fromElsewhere(SourceRecord record) {
        return stamp(record);
    }

    @Override
    public void sending(Map<String, ?> offset) {
        // What is complete is known from the rows.
    }
}
