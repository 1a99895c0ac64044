// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.capture.stream.UnfinishedOffset;
import dev.tributary.handover.RecordLane;
import io.debezium.connector.AbstractSourceInfo;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Puts the progress of the snapshot into the offsets of records that Debezium's parts send meanwhile, mostly
 * notifications: one of them may be the last record that is stored.
 */
final class SnapshotStamp implements RecordLane.Stamp {

    private final Map<String, String> always;
    private volatile Supplier<SnapshotProgress> complete;

    /**
     * @param complete what is complete before anything is read
     * @param always the entries that every offset has
     */
    SnapshotStamp(SnapshotProgress complete, Map<String, String> always) {
        this.always = always;
        this.complete = () -> complete;
    }

    /** Makes the offsets follow a run from here on. */
    void follow(SnapshotRun run) {
        complete = run::progress;
    }

    @Override
    public RecordLane.Stamped stamp(SourceRecord record) {
        return new RecordLane.Stamped(withProgress(record), false);
    }

    @Override
    public SourceRecord fromElsewhere(SourceRecord record, @Nullable Map<String, ?> last) {
        return withProgress(record);
    }

    private SourceRecord withProgress(SourceRecord record) {
        if (!record.sourceOffset().containsKey(AbstractSourceInfo.SNAPSHOT_KEY)) {
            return record;
        }
        SnapshotProgress now = complete.get();
        return UnfinishedOffset.in(record, () -> {
            Map<String, String> entries = new HashMap<>(always);
            entries.put(SnapshotProgress.KEY, now.text());
            return entries;
        });
    }
}
