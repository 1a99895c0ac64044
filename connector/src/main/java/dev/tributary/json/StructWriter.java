// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import dev.tributary.row.JsonText;
import dev.tributary.row.LazyStruct;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Writes structs of one schema; a {@link LazyStruct} writes its unread fields itself if it can. */
final class StructWriter implements JsonWriter {

    private final Schema schema;

    /** The last schema that was found to be equal. */
    private Schema equal;

    private final List<Field> fields;
    private final NullableWriter[] writers;

    /** The bytes before each value: the brace or comma, and the name of the field. */
    private final byte[][] prefixes;

    StructWriter(Schema schema, List<NullableWriter> writers) {
        this.schema = schema;
        this.equal = schema;
        this.fields = schema.fields();
        this.writers = writers.toArray(NullableWriter[]::new);
        this.prefixes = fields.stream().map(StructWriter::prefix).toArray(byte[][]::new);
    }

    private static byte[] prefix(Field field) {
        JsonText text = new JsonText();
        text.raw(field.index() == 0 ? '{' : ',');
        text.string(field.name());
        text.raw(':');
        return text.copyFrom(0);
    }

    /** Comparing takes longer than writing, and a source can make the same schema again, so it is compared once. */
    private boolean isExpected(Schema other) {
        if (other == schema || other == equal) {
            return true;
        }
        boolean expected = other.equals(schema);
        if (expected) {
            equal = other;
        }
        return expected;
    }

    @Override
    public void write(Object value, JsonText json) {
        Struct struct = (Struct) value;
        if (!isExpected(struct.schema())) {
            throw new IllegalArgumentException("The schema of the struct is not the schema that it is converted with");
        }
        if (writers.length == 0) {
            json.raw('{');
        }
        if (struct instanceof LazyStruct lazy) {
            for (int i = 0; i < writers.length; i++) {
                json.raw(prefixes[i]);
                if (!lazy.writeJson(i, json)) {
                    writers[i].write(lazy.peek(i), json);
                }
            }
        } else {
            for (int i = 0; i < writers.length; i++) {
                json.raw(prefixes[i]);
                writers[i].write(struct.getWithoutDefault(fields.get(i).name()), json);
            }
        }
        json.raw('}');
    }
}
