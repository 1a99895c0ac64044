// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import java.util.Arrays;
import org.apache.kafka.connect.source.SourceRecord;

/** Records that are handed over together, and how large they are. Made to be used again. */
final class RecordBatch {

    private final SourceRecord[] records;
    private final long[] sizes;
    private int size;
    private long bytes;

    RecordBatch(int capacity) {
        records = new SourceRecord[capacity];
        sizes = new long[capacity];
    }

    /** Adds a record; there is room. */
    void add(SourceRecord record, long recordBytes) {
        records[size] = record;
        sizes[size] = recordBytes;
        size++;
        bytes += recordBytes;
    }

    boolean isFull() {
        return size == records.length;
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

    @SuppressWarnings("NullAway") // beyond the size there is nothing
    void clear() {
        Arrays.fill(records, 0, size, null);
        size = 0;
        bytes = 0;
    }
}
