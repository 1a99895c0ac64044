// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.util.concurrent.TimeUnit;

/** The epoch from which Postgres counts time: 2000-01-01 00:00 UTC. */
public final class PostgresEpoch {

    private static final long MICROS = TimeUnit.DAYS.toMicros(10_957);

    private PostgresEpoch() {}

    /** Microseconds since the Unix epoch, from microseconds as Postgres counts them. */
    public static long toUnixMicros(long postgresMicros) {
        return postgresMicros + MICROS;
    }

    /** Microseconds as Postgres counts them, from microseconds since the Unix epoch. */
    public static long fromUnixMicros(long unixMicros) {
        return unixMicros - MICROS;
    }
}
