// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** The times at which a connector made an event: the one thing in which two runs have to differ. */
final class ProcessingTimes {

    private static final List<String> FIELDS = List.of("ts_ms", "ts_us", "ts_ns");

    private ProcessingTimes() {}

    /** Makes them all the same. Those in {@code source} tell of the commit and stay. */
    static void level(SourceRecord record) {
        if (record.value() instanceof Struct value && value.schema().field("source") != null) {
            FIELDS.stream().filter(field -> value.schema().field(field) != null).forEach(field -> value.put(field, 0L));
        }
    }
}
