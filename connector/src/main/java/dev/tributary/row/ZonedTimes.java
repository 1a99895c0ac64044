// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Reads {@code timetz}, including zones with seconds such as local mean time, which Debezium cannot read. */
public final class ZonedTimes {

    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendOffset("+HH:mm:ss", "")
            .toFormatter();

    private ZonedTimes() {}

    /**
     * The same time in UTC.
     *
     * @param text the time as Postgres writes it
     */
    public static OffsetTime utc(String text) {
        return OffsetTime.parse(text, TEXT).withOffsetSameInstant(ZoneOffset.UTC);
    }
}
