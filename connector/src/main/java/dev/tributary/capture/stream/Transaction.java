// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A transaction, as its BEGIN message describes it; shared by all of its changes.
 *
 * @param id its id
 * @param commitLsn the LSN of its commit record
 * @param commitMicros the time of its commit, in microseconds since the epoch
 * @param commitMillis the same in milliseconds, rounded down
 * @param commitTime the same as an instant
 * @param previousCommit Debezium's {@code lsn_commit}: the end of the previous transaction; null if there was none
 */
record Transaction(
        Long id,
        Long commitLsn,
        Long commitMicros,
        Long commitMillis,
        Instant commitTime,
        @Nullable Long previousCommit) {

    static Transaction of(long id, long commitLsn, long commitMicros, @Nullable Long previousCommit) {
        long millis = Math.floorDiv(commitMicros, TimeUnit.MILLISECONDS.toMicros(1));
        Instant time = Instant.EPOCH.plus(commitMicros, ChronoUnit.MICROS);
        return new Transaction(id, commitLsn, commitMicros, millis, time, previousCommit);
    }
}
