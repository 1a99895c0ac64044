// SPDX-License-Identifier: Apache-2.0
package dev.tributary.oracle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;

/**
 * The content of a record that does not depend on where its task started. It leaves out times, and
 * {@code source.sequence}, which names the preceding commit.
 *
 * @param topic its topic
 * @param lsn the LSN of the change
 * @param transaction the transaction
 * @param key the key
 * @param row the operation, the rows and their source; empty for a tombstone
 */
record ChangeContent(String topic, String lsn, String transaction, String key, List<String> row) {

    private static final String SOURCE = "io.debezium.connector.postgresql.Source";

    static ChangeContent of(SourceRecord record) {
        return new ChangeContent(
                record.topic(),
                String.valueOf(record.sourceOffset().get("lsn")),
                String.valueOf(record.sourceOffset().get("txId")),
                text(record.key()),
                record.value() instanceof Struct value ? row(value) : List.of());
    }

    static List<ChangeContent> of(List<SourceRecord> records) {
        return records.stream().map(ChangeContent::of).toList();
    }

    private static List<String> row(Struct value) {
        return value.schema().fields().stream()
                .filter(ChangeContent::isIndependent)
                .map(field -> text(value.get(field)))
                .toList();
    }

    private static boolean isIndependent(Field field) {
        return !field.name().startsWith("ts_") && !field.name().equals("sequence");
    }

    /** The text of a value; bytes by their content. */
    private static String text(@Nullable Object value) {
        if (value instanceof Struct struct) {
            return struct.schema().fields().stream()
                    .filter(field -> !SOURCE.equals(struct.schema().name()) || isIndependent(field))
                    .map(field -> field.name() + "=" + text(struct.get(field)))
                    .toList()
                    .toString();
        }
        if (value instanceof List<?> list) {
            return list.stream().map(ChangeContent::text).toList().toString();
        }
        if (value instanceof ByteBuffer buffer) {
            return StandardCharsets.ISO_8859_1.decode(buffer.duplicate()).toString();
        }
        return value instanceof byte[] bytes ? Arrays.toString(bytes) : String.valueOf(value);
    }
}
