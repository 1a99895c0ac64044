// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import dev.tributary.metrics.EventStatus;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** Facts and operations that hold for every record. */
public final class Records {

    /** How much memory a record occupies in addition to its key and value, roughly. */
    public static final long OVERHEAD_BYTES = 512;

    /** The same, if the event has a transaction block. */
    public static final long OVERHEAD_BYTES_WITH_TRANSACTION = OVERHEAD_BYTES + 128;

    private Records() {}

    /** Returns the record with another offset. */
    public static SourceRecord withOffset(Map<String, ?> offset, SourceRecord record) {
        return withOffset(record.sourcePartition(), offset, record);
    }

    /** Returns the record with another source partition and another offset. */
    public static SourceRecord withOffset(Map<String, ?> partition, Map<String, ?> offset, SourceRecord record) {
        CapturedRecord counted = record instanceof CapturedRecord captured ? captured : null;
        return new CapturedRecord(
                partition,
                offset,
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                record.headers(),
                counted == null ? null : counted.counter(),
                counted == null ? EventStatus.NO_COMMIT : counted.commitMillis());
    }
}
