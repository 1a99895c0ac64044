// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
import dev.tributary.record.Records;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Completes the offsets of records that are sent while no lane is open, mostly notifications. Debezium's offsets lack
 * our keys, and a restart before the next record would not find them.
 *
 * @param stored the offset that Connect has stored
 * @param offsetEntries entries to add to every offset
 */
public record EarlyRecords(Optional<StoredOffset> stored, Supplier<Map<String, String>> offsetEntries)
        implements UnaryOperator<SourceRecord> {

    private static final List<String> POSITION = List.of(Position.OPEN, Position.ORDINAL, Position.CHANGE);

    @Override
    public SourceRecord apply(SourceRecord record) {
        if (record.sourceOffset().isEmpty()) {
            return record;
        }
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        stored.filter(known -> known.committed().equals(new StoredOffset(record.sourceOffset()).committed()))
                .ifPresent(known -> known.values().forEach((key, value) -> {
                    if (POSITION.contains(key)) {
                        offset.put(key, value);
                    }
                }));
        offset.putAll(offsetEntries.get());
        return Records.withOffset(offset, record);
    }
}
