// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import static dev.tributary.oracle.TypeCase.typed;

import java.util.ArrayList;
import java.util.List;

/** Dates, times and intervals, with every possible number of fractional digits. */
final class TimeTypes {

    private static final String[] TIMES = {
        "00:00:00",
        "22:59:59.999999",
        "12:34:56.1",
        "12:34:56.12",
        "12:34:56.123",
        "12:34:56.1234",
        "12:34:56.12345",
        "12:34:56.000001",
        "00:00:00.5"
    };

    private static final String[] ZONED_TIMES = {
        "00:00:00+00",
        "23:59:59.999999-15:59",
        "24:00:00+00",
        "12:34:56.1+05:30",
        "12:34:56.12+15:59",
        "12:34:56.123-08",
        "12:34:56.000001+00"
    };

    private static final String[] TIMESTAMPS = {
        "1970-01-01 00:00:00",
        "2026-11-21 10:23:00.123456",
        "infinity",
        "-infinity",
        "0044-03-15 12:00:00 BC",
        "4713-01-01 00:00:00 BC",
        "294246-12-31 23:59:59.999999",
        "10000-01-01 00:00:00",
        "1969-12-31 23:59:59.999999",
        "2026-11-21 10:23:00.1",
        "2026-11-21 10:23:00.12",
        "2026-11-21 10:23:00.123",
        "2026-11-21 10:23:00.1234",
        "2026-11-21 10:23:00.12345",
        "0001-01-01 00:00:00",
        "9999-12-31 23:59:59.999999",
        "1582-10-10 00:00:00",
        "2024-02-29 23:59:59",
        "1900-02-28 23:59:59.5",
        "0001-12-31 23:59:59.5 BC",
        "2300-01-01 00:00:00.000001"
    };

    private static final String[] INTERVALS = {
        "0",
        "1 year 2 mons 3 days 04:05:06.789",
        "-1 year -2 mons +3 days -04:05:06.000001",
        "290000 years",
        "-290000 years",
        "00:00:00.000001",
        "1 mon",
        "-00:00:01.5",
        "99999 days"
    };

    static final List<TypeFamily> FAMILIES = List.of(
            new TypeFamily("dates", dates()),
            new TypeFamily("times", withPrecisions("time", "", TIMES)),
            new TypeFamily("zoned_times", withPrecisions("time", " with time zone", ZONED_TIMES)),
            new TypeFamily("stamps", withPrecisions("timestamp", "", TIMESTAMPS)),
            new TypeFamily("zoned_stamps", withPrecisions("timestamp", " with time zone", TIMESTAMPS)),
            new TypeFamily("intervals", intervals()),
            TypeFamily.of(
                    "hardly_convertible_times",
                    typed("interval", "2147483647:00:00", "0").partlyConvertible()));

    private TimeTypes() {}

    private static List<TypeCase> dates() {
        return List.of(typed(
                "date",
                "1970-01-01",
                "infinity",
                "-infinity",
                "0044-03-15 BC",
                "4713-01-01 BC",
                "5874897-12-31",
                "10000-01-01",
                "1969-12-31",
                "0001-01-01",
                "0001-12-31 BC",
                "9999-12-31",
                "2024-02-29",
                "1582-10-10"));
    }

    private static List<TypeCase> withPrecisions(String type, String zone, String... values) {
        List<TypeCase> types = new ArrayList<>();
        types.add(typed(type + zone, values));
        for (int digits = 0; digits <= 6; digits++) {
            types.add(typed(type + "(" + digits + ")" + zone, values));
        }
        return types;
    }

    private static List<TypeCase> intervals() {
        return List.of(
                typed("interval", INTERVALS),
                typed("interval(3)", INTERVALS),
                typed("interval(0)", INTERVALS),
                typed("interval year to month", "0", "1-2", "-5-11"),
                typed("interval day to second", "0", "5 04:05:06.789"));
    }
}
