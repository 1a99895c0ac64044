// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/** The times at which a connector created an event: the only values that must differ between two runs. */
final class ProcessingTimes {

    private static final List<String> FIELDS = List.of("ts_ms", "ts_us", "ts_ns");

    private ProcessingTimes() {}

    /** Sets them to zero. The times in {@code source} are those of the commit, and stay. */
    static void normalize(SourceRecord record) {
        if (record.value() instanceof Struct value && value.schema().field("source") != null) {
            FIELDS.stream().filter(field -> value.schema().field(field) != null).forEach(field -> value.put(field, 0L));
        }
    }
}
