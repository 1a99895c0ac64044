// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A log sequence number: a byte position in the write-ahead log, an unsigned 64-bit number (<a
 * href="https://www.postgresql.org/docs/current/datatype-pg-lsn.html">pg_lsn</a>).
 *
 * @param value the position; compared and printed unsigned
 */
public record Lsn(long value) implements Comparable<Lsn> {

    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /**
     * Parses Postgres's notation, such as {@code 16/B374D848}.
     *
     * @throws IllegalArgumentException if the text has another form
     */
    public static Lsn parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("Not an LSN: '" + text + "'; expected two hexadecimal numbers, X/X");
        }
        return new Lsn(Long.parseLong(matcher.group(1), 16) << 32 | Long.parseLong(matcher.group(2), 16));
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** Whether this position is after the other one. */
    public boolean isAfter(Lsn other) {
        return compareTo(other) > 0;
    }

    /** Postgres's notation, as {@code pg_lsn} prints it. */
    @Override
    public String toString() {
        return String.format("%X/%X", value >>> 32, value & 0xFFFF_FFFFL);
    }
}
