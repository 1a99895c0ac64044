// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import dev.tributary.position.StoredOffset;
import io.debezium.data.Envelope;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * The records of a stream that is never interrupted. Knows which of them make up one change: a delete and its
 * tombstone, the records of a changed key, and those of a TRUNCATE of several tables.
 *
 * @param all the records, as Debezium sends them
 */
record ExpectedRecords(List<SourceRecord> all) {

    private static final String TRUNCATE = Envelope.Operation.TRUNCATE.code();

    /**
     * The index at which an exact stream resumes after this many committed records: an incomplete change is sent again
     * whole.
     */
    int resumedAfter(int committed) {
        int next = committed;
        while (next > 0 && next < all.size() && continuesChange(next)) {
            next--;
        }
        return next;
    }

    /**
     * Whether the record at an index belongs to the first transaction. No commit precedes that one, so its records name
     * none. A task that resumes inside it takes its own start for the preceding commit.
     */
    boolean isInFirstTransaction(int index) {
        return index < all.size() && !all.get(index).sourceOffset().containsKey(StoredOffset.LSN_COMMITTED);
    }

    private boolean continuesChange(int index) {
        SourceRecord record = all.get(index);
        SourceRecord before = all.get(index - 1);
        boolean isSameTruncate = isTruncate(record) && isTruncate(before) && lsn(record) == lsn(before);
        return record.value() == null || record.headers().lastWithName("__debezium.oldkey") != null || isSameTruncate;
    }

    private static boolean isTruncate(SourceRecord record) {
        return record.value() instanceof Struct value
                && value.schema().field("op") != null
                && TRUNCATE.equals(value.getString("op"));
    }

    private static long lsn(SourceRecord record) {
        return record.sourceOffset().get("lsn") instanceof Long lsn ? lsn : -1;
    }

    /**
     * The largest number of committed records, up to this one, after which Debezium loses no change. Debezium stores an
     * LSN and how many changes with this LSN there were. It loses the rest of a changed key, and if the number is 1,
     * the other rows that COPY wrote together.
     */
    int safeForDebezium(int committed) {
        int next = committed;
        while (next > 0 && next < all.size() && losesNext(all.get(next - 1), all.get(next))) {
            next--;
        }
        return next;
    }

    private static boolean losesNext(SourceRecord last, SourceRecord next) {
        return lsn(last) == lsn(next) && (lsnEvents(last) <= 1 || lsnEvents(last) == lsnEvents(next));
    }

    private static long lsnEvents(SourceRecord record) {
        return record.sourceOffset().get("lsn_events_processed") instanceof Long count ? count : 0;
    }

    /** The index of the last record at or before an index that describes the same change; -1 if there is none. */
    int indexOf(SourceRecord record, int latest) {
        ChangeContent content = ChangeContent.of(record);
        for (int i = Math.min(latest, all.size() - 1); i >= 0; i--) {
            if (ChangeContent.of(all.get(i)).equals(content)) {
                return i;
            }
        }
        return -1;
    }

    /** This many records from an index on, or as many as there are. */
    List<SourceRecord> from(int index, int count) {
        return all.subList(index, Math.min(all.size(), index + count));
    }
}
