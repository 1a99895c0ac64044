// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.Arrays;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * Which of the records that wait in a queue form a unit: they must be in one Kafka transaction. The last unit is open
 * until its end arrives. One that grows too large is divided into parts.
 *
 * <p>Not thread-safe: the queue that uses it has a lock.
 */
final class Units {

    /** The part of a unit that is no transaction, and is divided in silence. */
    static final int ROWS = 0;

    private final long largest;
    private final Grouping.Oversize oversize;

    /** The complete units, first in, first out: number of records, bytes, and part of a transaction. */
    private int[] records = new int[64];

    private long[] bytes = new long[64];
    private int[] parts = new int[64];
    private int first;
    private int count;
    private long completeBytes;

    /** The open unit. */
    private int openRecords;

    private long openBytes;
    private int part = 1;
    private boolean joined;

    Units(Grouping grouping) {
        this.largest = grouping.unitBytes();
        this.oversize = grouping.oversize();
    }

    /**
     * Adds a record to the open unit.
     *
     * @param flags of the record, as in {@link RecordBatch}
     * @return null, or the failure to end with because the unit is too large
     */
    @Nullable
    RuntimeException add(SourceRecord record, long recordBytes, int flags) {
        if (openRecords == 0 && part <= 1) {
            part = (flags & RecordBatch.DIVISIBLE) != 0 ? ROWS : (flags & RecordBatch.CONTINUES) != 0 ? 2 : 1;
        }
        if (openRecords > 0 && !joined && openBytes + recordBytes > largest) {
            RuntimeException failure = part == ROWS ? null : oversize.tooLarge(record, openBytes, part);
            if (failure != null) {
                return failure;
            }
            complete();
            part += part == ROWS ? 0 : 1;
        }
        openRecords++;
        openBytes += recordBytes;
        joined = (flags & RecordBatch.JOINS_NEXT) != 0;
        if ((flags & RecordBatch.ENDS_UNIT) != 0) {
            end();
        }
        return null;
    }

    /** The open unit is complete. */
    void end() {
        if (openRecords > 0) {
            complete();
        }
        part = 1;
    }

    private void complete() {
        if (count == records.length) {
            grow();
        }
        int next = (first + count) % records.length;
        records[next] = openRecords;
        bytes[next] = openBytes;
        parts[next] = part;
        count++;
        completeBytes += openBytes;
        openRecords = 0;
        openBytes = 0;
    }

    private void grow() {
        int[] order = new int[2 * count];
        long[] sizes = new long[2 * count];
        int[] numbers = new int[2 * count];
        for (int i = 0; i < count; i++) {
            int at = (first + i) % count;
            order[i] = records[at];
            sizes[i] = bytes[at];
            numbers[i] = parts[at];
        }
        records = order;
        bytes = sizes;
        parts = numbers;
        first = 0;
    }

    /** Whether a unit is complete. */
    boolean isAnyComplete() {
        return count > 0;
    }

    /** The bytes of all complete units. */
    long completeBytes() {
        return completeBytes;
    }

    /** The number of records of the first complete unit; there is one. */
    int firstRecords() {
        return records[first];
    }

    /** Its bytes. */
    long firstBytes() {
        return bytes[first];
    }

    /** Which part of a transaction it is; 1 if it is a whole one, {@link #ROWS} if it is none. */
    int firstPart() {
        return parts[first];
    }

    /** Removes the first complete unit; there is one. */
    void remove() {
        completeBytes -= bytes[first];
        first = (first + 1) % records.length;
        count--;
    }

    void clear() {
        Arrays.fill(records, 0);
        count = 0;
        completeBytes = 0;
        openRecords = 0;
        openBytes = 0;
    }
}
