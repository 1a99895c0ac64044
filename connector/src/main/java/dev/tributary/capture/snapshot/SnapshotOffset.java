// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import io.debezium.connector.SnapshotRecord;
import io.debezium.connector.postgresql.SourceInfo;
import io.debezium.pipeline.CommonOffsetContext;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The offset of a snapshot row: Debezium's keys and our {@link SnapshotProgress}. Connect stores one offset of
 * thousands, so the entries are made only when somebody reads them.
 */
final class SnapshotOffset extends AbstractMap<String, Object> {

    private final Map<String, ?> common;
    private final Map<String, String> always;
    private final RowMark mark;

    /**
     * @param common the part of the offset that all rows of the table have in common
     * @param always the entries that every offset has; before the last row, the next run recognises the tables by them
     */
    SnapshotOffset(Map<String, ?> common, Map<String, String> always, RowMark mark) {
        this.common = common;
        this.always = always;
        this.mark = mark;
    }

    /**
     * Equal for equal offsets of this class, and cheap. An exactly-once worker computes it for each record, with which
     * it would otherwise make the text of the progress for each.
     */
    @Override
    public int hashCode() {
        return 31 * common.hashCode() + Boolean.hashCode(mark.marker() == SnapshotRecord.LAST);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return super.equals(other);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new HashMap<>(common);
        boolean last = mark.marker() == SnapshotRecord.LAST;
        entries.put(SourceInfo.LAST_SNAPSHOT_RECORD_KEY, last);
        entries.put(CommonOffsetContext.SNAPSHOT_COMPLETED_KEY, last);
        entries.putAll(always);
        if (!last) {
            entries.put(SnapshotProgress.KEY, mark.progress().text());
        }
        return entries.entrySet();
    }
}
