// SPDX-License-Identifier: Apache-2.0
package dev.tributary.postgres;

import java.util.Locale;

/** Formats numbers of bytes for messages and for settings of Postgres, both in powers of 1024. */
public final class Bytes {

    private static final long MEGABYTE = 1L << 20;

    private Bytes() {}

    /** In the largest unit that leaves a value of at least one, e.g. {@code 1.5 GB}. */
    public static String text(long bytes) {
        var units = new String[] {"bytes", "kB", "MB", "GB", "TB"};
        int unit = 0;
        double value = bytes;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        var number = value == Math.rint(value) ? "%.0f" : "%.1f";
        return String.format(Locale.ROOT, number, value) + " " + units[unit];
    }

    /** Whole megabytes, at least one. */
    public static String setting(long bytes) {
        return Math.max(1, bytes / MEGABYTE) + "MB";
    }
}
