// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.SourceInfo;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The offset of a change's record: Debezium's keys and those of our {@link Position}. Connect stores one offset of
 * thousands, so the entries are made only when somebody reads them.
 */
final class ChangeOffset extends AbstractMap<String, Object> {

    private final ChangePoint point;
    private final @Nullable EventOrder order;
    private final boolean lastRecord;
    private final Map<String, String> additional;

    /**
     * @param order the place of its event in the transaction; null if events are not counted
     * @param lastRecord whether the change is complete with this record
     * @param additional entries beyond the position
     */
    ChangeOffset(ChangePoint point, @Nullable EventOrder order, boolean lastRecord, Map<String, String> additional) {
        this.point = point;
        this.order = order;
        this.lastRecord = lastRecord;
        this.additional = additional;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new HashMap<>();
        Transaction transaction = point.transaction();
        transaction.writeTo(entries);
        entries.put(StoredOffset.LSN, point.lsn());
        entries.put(StoredOffset.LSN_PROCESSED, point.lsn());
        entries.put(PostgresOffsetContext.LSN_EVENTS_PROCESSED_KEY, point.lsnEvents());
        putIfKnown(entries, StoredOffset.LSN_COMMITTED, transaction.previousCommit());
        putIfKnown(entries, SourceInfo.XMIN_KEY, point.xmin());
        entries.put(SourceInfo.MSG_TYPE_KEY, point.operation().toString());
        entries.put(Position.OPEN, transaction.commitLsn());
        entries.put(Position.ORDINAL, point.step().sentWith(lastRecord));
        entries.put(Position.CHANGE, point.step().lastSentWith(lastRecord));
        if (order != null) {
            order.writeTo(entries, lastRecord);
        }
        entries.putAll(additional);
        return entries.entrySet();
    }

    static void putIfKnown(Map<String, Object> entries, String key, @Nullable Long value) {
        if (value != null) {
            entries.put(key, value);
        }
    }
}
