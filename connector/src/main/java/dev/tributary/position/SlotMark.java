// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A mark that a replication slot carries if a connector of this kind moved it past the offset that Connect has stored.
 *
 * <p>Such a slot is no sign of lost changes, while a slot that anything else has moved there is. The position itself
 * shows the difference: Postgres aligns the records of the WAL to 8 bytes (<a
 * href="https://www.postgresql.org/docs/current/wal-internals.html">WAL internals</a>), so every position that it
 * reports, or that another client acknowledges, is a multiple of 8. A marked position is 2 to 7 bytes before it. The
 * record that ends at the position begins before both, and the next one after both, so both mean the same changes.
 *
 * <p>How many bytes depends on the {@code topic.prefix}, so of six connectors with other prefixes, about five have
 * another mark. The first version marked positions with 1 byte for all connectors; those are accepted from each.
 *
 * @param bytes how many bytes a marked position is before the position that it means
 */
public record SlotMark(int bytes) {

    private static final long ALIGNMENT = 8;

    /** The mark of the first version, which is the same for all connectors. */
    private static final int ANYBODYS = 1;

    private static final int FIRST = 2;

    /** The mark of the connector with a topic prefix. */
    public static SlotMark of(String topicPrefix) {
        CRC32 sum = new CRC32();
        sum.update(topicPrefix.getBytes(StandardCharsets.UTF_8));
        return new SlotMark((int) (FIRST + sum.getValue() % (ALIGNMENT - FIRST)));
    }

    /** The marked form of a position, which may have a mark already. */
    public Lsn on(Lsn position) {
        return new Lsn(without(position).value() - bytes);
    }

    /** Whether a position has this mark, or one that does not say whose it is. */
    public boolean canBeOn(Lsn position) {
        long distance = without(position).value() - position.value();
        return distance == bytes || distance == ANYBODYS;
    }

    /** Whether a position has the mark of any connector. */
    public static boolean isOnAny(Lsn position) {
        return !without(position).equals(position);
    }

    /** The position that a marked one means; any other as it is. */
    public static Lsn without(Lsn position) {
        long last = ALIGNMENT - 1;
        return new Lsn((position.value() + last) & ~last);
    }
}
