// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The epoch of the timestamps in the replication protocol, 2000-01-01 00:00 UTC (<a
 * href="https://www.postgresql.org/docs/current/protocol-replication.html">streaming replication protocol</a>).
 */
public final class PostgresEpoch {

    /** Microseconds from the Unix epoch to the epoch of Postgres. */
    public static final long MICROS = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse("2000-01-01T00:00:00Z"));

    private PostgresEpoch() {}
}
