// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.RandomAccess;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.TransactionContext;
import org.jspecify.annotations.Nullable;

/**
 * The records of whole units, which leave the queue together. Once it {@linkplain #commitTo commits}, Connect commits
 * its transaction after the last of them.
 *
 * <p>Connect sends the records one after the other, and takes each from this list immediately before. That is the only
 * moment at which a task can still do something about a transaction that is about to expire.
 */
public final class Group extends AbstractList<SourceRecord> implements RandomAccess {

    private static final byte JOINS_NEXT = 1;
    private static final byte ENDS_UNIT = 2;
    private static final byte OF_ROWS = 4;

    private SourceRecord[] records = new SourceRecord[64];
    private byte[] flags = new byte[64];
    private int size;
    private @Nullable GroupCommits commits;

    /** @param part which part of a transaction its unit is, or {@link Units#ROWS} */
    void add(SourceRecord record, boolean joinsNext, boolean endsUnit, int part) {
        if (part > 1) {
            TransactionPart.mark(record, part);
        }
        if (size == records.length) {
            records = Arrays.copyOf(records, 2 * size);
            flags = Arrays.copyOf(flags, 2 * size);
        }
        records[size] = record;
        flags[size] =
                (byte) ((joinsNext ? JOINS_NEXT : 0) | (endsUnit ? ENDS_UNIT : 0) | (part == Units.ROWS ? OF_ROWS : 0));
        size++;
    }

    /**
     * From now on, the transaction is committed after the last record that is taken from this list, or earlier, between
     * two units, if sending takes too long.
     *
     * @param context what Connect looks at after each record
     */
    public void commitTo(TransactionContext context, Grouping grouping) {
        commitTo(context, grouping, System::nanoTime);
    }

    void commitTo(TransactionContext context, Grouping grouping, LongSupplier nanoTime) {
        commits = new GroupCommits(context, grouping, nanoTime);
    }

    @Override
    public SourceRecord get(int index) {
        SourceRecord record = records[checked(index)];
        GroupCommits current = commits;
        if (current != null) {
            current.taken(this, index, record);
        }
        return record;
    }

    @Override
    public SourceRecord set(int index, SourceRecord record) {
        SourceRecord replaced = records[checked(index)];
        records[index] = record;
        return replaced;
    }

    private int checked(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException(index);
        }
        return index;
    }

    @Override
    public int size() {
        return size;
    }

    boolean joinsNext(int index) {
        return (flags[index] & JOINS_NEXT) != 0;
    }

    /** Whether the unit of a record is no transaction of the source. */
    boolean isOfRows(int index) {
        return (flags[index] & OF_ROWS) != 0;
    }

    boolean endsUnit(int index) {
        return (flags[index] & ENDS_UNIT) != 0;
    }
}
