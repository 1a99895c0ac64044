// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * What a record tells of a change, without what depends on where its task had started: the last commit before that.
 *
 * @param topic its topic
 * @param lsn the LSN of the change
 * @param transaction the transaction
 * @param key the key
 * @param row the operation and the rows; nothing for a tombstone
 */
record Told(String topic, String lsn, String transaction, String key, List<String> row) {

    static Told by(SourceRecord record) {
        return new Told(
                record.topic(),
                String.valueOf(record.sourceOffset().get("lsn")),
                String.valueOf(record.sourceOffset().get("txId")),
                text(record.key()),
                record.value() instanceof Struct value ? row(value) : List.of());
    }

    static List<Told> by(List<SourceRecord> records) {
        return records.stream().map(Told::by).toList();
    }

    private static List<String> row(Struct value) {
        return value.schema().fields().stream()
                .filter(field -> !field.name().equals("source") && !field.name().startsWith("ts_"))
                .map(field -> text(value.get(field)))
                .toList();
    }

    /** The text of a value; bytes by their content. */
    private static String text(@Nullable Object value) {
        if (value instanceof Struct struct) {
            return struct.schema().fields().stream()
                    .map(field -> field.name() + "=" + text(struct.get(field)))
                    .toList()
                    .toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Told::text).toList().toString();
        }
        if (value instanceof ByteBuffer buffer) {
            return StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }
}
