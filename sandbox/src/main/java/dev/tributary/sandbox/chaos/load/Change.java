// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.load;

import org.jspecify.annotations.Nullable;

/**
 * A committed change, a row of {@code truth.change}. A change of the key is two of them: {@link #DELETE} of the old key
 * and {@link #CREATE} of the new one.
 *
 * @param seq increases in commit order within a key, and from a TRUNCATE to what follows it
 * @param tag the version of the row that it wrote; for a delete the one that it deleted; for a TRUNCATE a new one
 * @param relation {@link LoadTable#relation()}
 * @param key the text of the key columns joined with {@code |}; null for a TRUNCATE and for a table without a key
 * @param op {@link #CREATE}, {@link #UPDATE}, {@link #DELETE} or {@link #TRUNCATE}
 * @param digest the digest of the row that it wrote or deleted; null for a TRUNCATE
 * @param lsn the WAL insert position just before the commit of its transaction
 * @param xid the id of its transaction, with the epoch that counts how often the 32 bits of a record were used up
 */
public record Change(
        long seq,
        String tag,
        String relation,
        @Nullable String key,
        char op,
        @Nullable String digest,
        long lsn,
        long xid) {

    public static final char CREATE = 'c';
    public static final char UPDATE = 'u';
    public static final char DELETE = 'd';
    public static final char TRUNCATE = 't';
}
