// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
import dev.tributary.record.Records;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Keeps the exact position in the offset of what is sent before the stream begins: notifications, above all. Debezium's offset
 * does not have it, and a restart before the first change would find it gone.
 *
 * @param stored the offset that Connect has stored
 * @param kept further keys of it to keep
 */
public record EarlyRecords(StoredOffset stored, Set<String> kept) implements UnaryOperator<SourceRecord> {

    @Override
    public SourceRecord apply(SourceRecord record) {
        Map<String, ?> known = stored.values();
        boolean samePosition = !record.sourceOffset().isEmpty()
                && new StoredOffset(record.sourceOffset()).committed().equals(stored.committed());
        if (!samePosition) {
            return record;
        }
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        known.forEach((key, value) -> {
            if (key.equals(Position.OPEN) || key.equals(Position.ORDINAL) || kept.contains(key)) {
                offset.put(key, value);
            }
        });
        return Records.withOffset(offset, record);
    }
}
