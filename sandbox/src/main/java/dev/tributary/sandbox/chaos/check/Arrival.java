// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import org.jspecify.annotations.Nullable;

/**
 * A record of a topic, without its row. Only a large value is kept, because later records of the row can leave it out.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset
 * @param relation the table, as {@link dev.tributary.sandbox.chaos.load.LoadTable#relation()}
 * @param key the text of the key columns joined with {@code |}; null without a key
 * @param op {@link #CREATE}, {@link #UPDATE}, {@link #DELETE}, {@link #READ}, {@link #TRUNCATE}, {@link #TOMBSTONE} or
 *     {@link #UNREADABLE}
 * @param tag the version of the row: of the new row, or for a delete of the old one, if the record contains it
 * @param seq the seq of that row; 0 if the record does not contain it
 * @param digest the digest of that row, if the record contains it
 * @param payload whether the payload of that row has this digest
 * @param large the large value of that row; null if the table has none
 * @param lsn {@code source.lsn}; 0 for a tombstone
 * @param snapshot {@code source.snapshot}, such as {@code first} or {@code incremental}; null if it says no
 * @param txId {@code source.txId}, the last 32 bits of the id of its transaction; of a tombstone that of its delete; 0
 *     if the record does not say
 * @param part the header {@code tributary.transaction.part}; 1 without it
 */
public record Arrival(
        String topic,
        int partition,
        long offset,
        String relation,
        @Nullable String key,
        char op,
        @Nullable String tag,
        long seq,
        @Nullable String digest,
        Payload payload,
        @Nullable LargeValue large,
        long lsn,
        @Nullable String snapshot,
        long txId,
        int part) {

    public static final char CREATE = 'c';
    public static final char UPDATE = 'u';
    public static final char DELETE = 'd';
    public static final char READ = 'r';
    public static final char TRUNCATE = 't';
    /** A key without a value, which follows a delete. */
    public static final char TOMBSTONE = '0';
    /** A record that is no change event. */
    public static final char UNREADABLE = '?';

    /** The marker of rows of an incremental snapshot. */
    static final String INCREMENTAL = "incremental";

    /** Whether the columns of a row have the digest that is in the row. */
    public enum Payload {
        MATCHES,
        DIFFERS,
        /** A column or the digest is missing. */
        LACKING,
        /** The record leaves a large value out, so it depends on an earlier one. */
        LEFT_OUT,
        /** The record has no row. */
        NONE
    }

    /** A record of a table without large values, whose transaction nobody asks for. */
    Arrival(
            String topic,
            int partition,
            long offset,
            String relation,
            @Nullable String key,
            char op,
            @Nullable String tag,
            long seq,
            @Nullable String digest,
            Payload payload,
            long lsn,
            @Nullable String snapshot) {
        this(topic, partition, offset, relation, key, op, tag, seq, digest, payload, null, lsn, snapshot, 0, 1);
    }

    /** Whether it shows a row: an insert, an update or a row of a snapshot. */
    boolean hasRow() {
        return op == CREATE || op == UPDATE || op == READ;
    }

    /** Whether it is a row of a snapshot that is not incremental. */
    boolean isOfBlockingSnapshot() {
        return op == READ && !INCREMENTAL.equals(snapshot);
    }
}
