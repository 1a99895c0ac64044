// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.row.AvroBytes;
import dev.tributary.row.JsonText;
import io.debezium.connector.postgresql.SourceInfo;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
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

    /** Debezium's identifier of the transaction in {@code provide.transaction.metadata}, for a message with an LSN. */
    String idAt(long lsn) {
        return id + ":" + lsn;
    }

    /** Writes {@link #idAt} as JSON. */
    void writeIdAt(long lsn, JsonText json) {
        json.raw('"');
        json.number(id);
        json.raw(':');
        json.number(lsn);
        json.raw('"');
    }

    /** Writes {@link #idAt} in Avro's encoding. */
    void writeIdAt(long lsn, AvroBytes avro) {
        int start = avro.beginShortString();
        avro.decimal(id);
        avro.raw((byte) ':');
        avro.decimal(lsn);
        avro.endShortString(start);
    }

    /** Writes to an offset what it says of the transaction of its record. */
    void writeTo(Map<String, Object> offset) {
        offset.put(SourceInfo.TIMESTAMP_USEC_KEY, commitMicros);
        offset.put(SourceInfo.TXID_KEY, id);
    }
}
