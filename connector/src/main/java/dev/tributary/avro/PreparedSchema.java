// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.row.AvroBytes;
import org.jspecify.annotations.Nullable;

/** All that is needed to write the records of one schema to one topic. */
final class PreparedSchema {

    private final String topic;
    private final byte[] header;
    private final @Nullable NullableWriter writer;

    /**
     * @param id the id of the schema in the registry
     * @param writer writes the values; null for values without a schema
     */
    PreparedSchema(String topic, int id, @Nullable NullableWriter writer) {
        this.topic = topic;
        this.header = MessageFormat.header(id);
        this.writer = writer;
    }

    String topic() {
        return topic;
    }

    /** Writes a message: a zero, the id, and the value. */
    void write(Object value, AvroBytes avro) {
        avro.raw(header);
        if (writer == null) {
            Anything.write(value, avro);
        } else {
            writer.write(value, avro);
        }
    }
}
