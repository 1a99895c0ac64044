// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.Arrays;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Records that are handed over together, their sizes, and which of them must not be parted. Reused after
 * {@link #clear}.
 */
final class RecordBatch {

    /** The next record must leave together with it. */
    static final int JOINS_NEXT = 1;

    /** It is the last record of its unit. */
    static final int ENDS_UNIT = 2;

    /** Its unit may be divided in silence if it is too large. */
    static final int DIVISIBLE = 4;

    /** A part of its transaction was committed before the restart. */
    static final int CONTINUES = 8;

    private SourceRecord[] records;
    private long[] sizes;
    private byte[] flags;
    private int size;
    private long bytes;

    /** @param capacity the usual number of records; a batch grows if it has to */
    RecordBatch(int capacity) {
        records = new SourceRecord[capacity];
        sizes = new long[capacity];
        flags = new byte[capacity];
    }

    /** Adds a record. */
    void add(SourceRecord record, long recordBytes, int recordFlags) {
        if (size == records.length) {
            records = Arrays.copyOf(records, 2 * size);
            sizes = Arrays.copyOf(sizes, 2 * size);
            flags = Arrays.copyOf(flags, 2 * size);
        }
        records[size] = record;
        sizes[size] = recordBytes;
        flags[size] = (byte) recordFlags;
        size++;
        bytes += recordBytes;
    }

    /** The last record is the last one of its unit; there is one. */
    void endUnit() {
        flags[size - 1] |= ENDS_UNIT;
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

    /** The flags of a record. No record joins one of another batch: the last one stands alone. */
    int flags(int index) {
        return index < size - 1 ? flags[index] : flags[index] & ~JOINS_NEXT;
    }

    @SuppressWarnings("NullAway") // no element beyond the size is read
    void clear() {
        Arrays.fill(records, 0, size, null);
        size = 0;
        bytes = 0;
    }
}
