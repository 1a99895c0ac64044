// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.record.Records;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.source.SourceRecord;

/** The offset of a change that is streamed while a snapshot is unfinished. */
final class UnfinishedOffset extends AbstractMap<String, Object> {

    private final Map<String, ?> position;
    private final Map<String, Object> unfinished;

    /**
     * @param position where the change stands
     * @param unfinished the keys that tell of the snapshot
     */
    UnfinishedOffset(Map<String, ?> position, Map<String, Object> unfinished) {
        this.position = position;
        this.unfinished = unfinished;
    }

    /** A record with the keys added to its offset. */
    static SourceRecord in(SourceRecord record, Map<String, Object> unfinished) {
        return Records.withOffset(new UnfinishedOffset(record.sourceOffset(), unfinished), record);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new HashMap<>(position);
        entries.putAll(unfinished);
        return entries.entrySet();
    }
}
