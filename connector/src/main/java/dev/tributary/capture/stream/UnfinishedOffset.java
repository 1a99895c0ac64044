// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.record.Records;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The offset of a record that is sent while a snapshot is unfinished. Its entries are made only when somebody reads
 * them.
 */
public final class UnfinishedOffset extends AbstractMap<String, Object> {

    private final Map<String, ?> position;
    private final Supplier<? extends Map<String, ?>> unfinished;

    private UnfinishedOffset(Map<String, ?> position, Supplier<? extends Map<String, ?>> unfinished) {
        this.position = position;
        this.unfinished = unfinished;
    }

    /** Returns a record with the keys that describe the snapshot added to its offset. */
    public static SourceRecord in(SourceRecord record, Supplier<? extends Map<String, ?>> unfinished) {
        return Records.withOffset(new UnfinishedOffset(record.sourceOffset(), unfinished), record);
    }

    /** Equal for equal offsets of this class, and cheap: an exactly-once worker computes it for each record. */
    @Override
    public int hashCode() {
        return 31 * position.hashCode();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new HashMap<>(position);
        entries.putAll(unfinished.get());
        return entries.entrySet();
    }
}
