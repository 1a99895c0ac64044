// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;

/** Reads {@code timetz}, also where the zone has seconds, as local mean time has; Debezium cannot read those. */
public final class ZonedTimes {

    private static final DateTimeFormatter TEXT = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .appendOffset("+HH:mm:ss", "")
            .toFormatter();

    private ZonedTimes() {}

    /**
     * The same time in UTC.
     *
     * @param text as Postgres writes it
     */
    public static OffsetTime utc(String text) {
        return OffsetTime.parse(text, TEXT).withOffsetSameInstant(ZoneOffset.UTC);
    }
}
