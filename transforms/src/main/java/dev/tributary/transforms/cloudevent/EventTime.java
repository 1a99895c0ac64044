// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.cloudevent;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.FieldPath;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** The time at which the change was committed, as precise as the source gives it. */
public final class EventTime {

    private static final FieldPath NANOS = FieldPath.parse("source.ts_ns");
    private static final FieldPath MICROS = FieldPath.parse("source.ts_us");
    private static final FieldPath MILLIS = FieldPath.parse("source.ts_ms");

    private EventTime() {}

    /** RFC 3339 in UTC, such as {@code 2026-11-21T10:23:00.123456Z}; null if the event has no time. */
    public static @Nullable String of(ChangeEvent event) {
        if (NANOS.in(event.value()) instanceof Number nanos) {
            return text(nanos.longValue(), ChronoUnit.NANOS);
        }
        if (MICROS.in(event.value()) instanceof Number micros) {
            return text(micros.longValue(), ChronoUnit.MICROS);
        }
        return MILLIS.in(event.value()) instanceof Number millis ? text(millis.longValue(), ChronoUnit.MILLIS) : null;
    }

    private static String text(long sinceEpoch, ChronoUnit unit) {
        return Instant.EPOCH.plus(sinceEpoch, unit).toString();
    }
}
