// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;

/** What is done with records whoever made them. */
public final class Records {

    private Records() {}

    /** The same record with another offset. */
    public static SourceRecord withOffset(Map<String, ?> offset, SourceRecord record) {
        return new SourceRecord(
                record.sourcePartition(),
                offset,
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                record.headers());
    }
}
