// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
import io.debezium.connector.postgresql.SourceInfo;
import java.util.AbstractMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The offset of a record that tells of a change: Debezium's keys and those of our {@link Position}. One offset of thousands
 * is ever stored, so the entries come into being only when somebody asks for them.
 */
final class ChangeOffset extends AbstractMap<String, Object> {

    private final ChangePoint point;
    private final long sent;
    private final Map<String, String> note;

    /**
     * @param sent how many changes of the transaction have been sent with this record
     * @param note what there is to say beside that
     */
    ChangeOffset(ChangePoint point, long sent, Map<String, String> note) {
        this.point = point;
        this.sent = sent;
        this.note = note;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new HashMap<>();
        Transaction transaction = point.transaction();
        entries.put(SourceInfo.TIMESTAMP_USEC_KEY, transaction.commitMicros());
        entries.put(SourceInfo.TXID_KEY, transaction.id());
        entries.put(StoredOffset.LSN, point.lsn());
        entries.put(StoredOffset.LSN_PROCESSED, point.lsn());
        putIfKnown(entries, StoredOffset.LSN_COMMITTED, transaction.previousCommit());
        putIfKnown(entries, SourceInfo.XMIN_KEY, point.xmin());
        entries.put(SourceInfo.MSG_TYPE_KEY, point.operation().toString());
        entries.put(Position.OPEN, transaction.commitLsn());
        entries.put(Position.ORDINAL, sent);
        entries.putAll(note);
        return entries.entrySet();
    }

    private static void putIfKnown(Map<String, Object> entries, String key, @Nullable Long value) {
        if (value != null) {
            entries.put(key, value);
        }
    }
}
