// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

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
        return CapturedRecord.at(partition, offset, record);
    }
}
