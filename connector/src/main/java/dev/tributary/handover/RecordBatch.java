// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.Arrays;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Records that are handed over together, their sizes, and which of them must not be parted. Reused after
 * {@link #clear}.
 */
final class RecordBatch {

    private SourceRecord[] records;
    private long[] sizes;
    private boolean[] joined;
    private int size;
    private long bytes;

    /** @param capacity the usual number of records; a batch grows if it has to */
    RecordBatch(int capacity) {
        records = new SourceRecord[capacity];
        sizes = new long[capacity];
        joined = new boolean[capacity];
    }

    /**
     * Adds a record.
     *
     * @param joinsNext whether the next record must leave together with it
     */
    void add(SourceRecord record, long recordBytes, boolean joinsNext) {
        if (size == records.length) {
            records = Arrays.copyOf(records, 2 * size);
            sizes = Arrays.copyOf(sizes, 2 * size);
            joined = Arrays.copyOf(joined, 2 * size);
        }
        records[size] = record;
        sizes[size] = recordBytes;
        joined[size] = joinsNext;
        size++;
        bytes += recordBytes;
    }

    int size() {
        return size;
    }

    /** The size of all records. */
    long bytes() {
        return bytes;
    }

    SourceRecord record(int index) {
        return records[index];
    }

    long bytes(int index) {
        return sizes[index];
    }

    /** Whether a record must leave together with the next one. The last record of a batch stands alone. */
    boolean joinsNext(int index) {
        return joined[index] && index < size - 1;
    }

    @SuppressWarnings("NullAway") // no element beyond the size is read
    void clear() {
        Arrays.fill(records, 0, size, null);
        size = 0;
        bytes = 0;
    }
}
