// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import java.util.Arrays;
import org.apache.kafka.connect.source.SourceRecord;

/** Records that are handed over together, how large they are, and which of them belong together. Made to be used again. */
final class RecordBatch {

    private SourceRecord[] records;
    private long[] sizes;
    private boolean[] joined;
    private int size;
    private long bytes;

    /** @param capacity how many records there are as a rule */
    RecordBatch(int capacity) {
        records = new SourceRecord[capacity];
        sizes = new long[capacity];
        joined = new boolean[capacity];
    }

    /**
     * Adds a record.
     *
     * @param joinsNext whether it is not to be parted from the next one
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

    /** How large all records are together. */
    long bytes() {
        return bytes;
    }

    SourceRecord record(int index) {
        return records[index];
    }

    long bytes(int index) {
        return sizes[index];
    }

    /** Whether a record is not to be parted from the next one. The last is on its own, whatever was to follow. */
    boolean joinsNext(int index) {
        return joined[index] && index < size - 1;
    }

    @SuppressWarnings("NullAway") // beyond the size there is nothing
    void clear() {
        Arrays.fill(records, 0, size, null);
        size = 0;
        bytes = 0;
    }
}
