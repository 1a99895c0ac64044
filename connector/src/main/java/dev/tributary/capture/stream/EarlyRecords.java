// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import dev.tributary.position.Position;
import dev.tributary.position.StoredOffset;
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
        if (!samePosition || !known.containsKey(Position.OPEN)) {
            return record;
        }
        Map<String, Object> offset = new HashMap<>(record.sourceOffset());
        offset.put(Position.OPEN, known.get(Position.OPEN));
        offset.put(Position.ORDINAL, known.get(Position.ORDINAL));
        for (String key : kept) {
            if (known.get(key) != null) {
                offset.put(key, known.get(key));
            }
        }
        return StreamProgress.with(offset, record);
    }
}
