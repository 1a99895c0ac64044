// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import dev.tributary.row.ExpectedSchema;
import dev.tributary.row.JsonText;
import dev.tributary.row.LazyStruct;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;

/** Writes structs of one schema; a {@link LazyStruct} writes its unread fields itself if it can. */
final class StructWriter implements JsonWriter {

    private final ExpectedSchema schema;

    private final List<Field> fields;
    private final NullableWriter[] writers;

    /** The bytes before each value: the brace or comma, and the name of the field. */
    private final byte[][] prefixes;

    StructWriter(Schema schema, List<NullableWriter> writers) {
        this.schema = new ExpectedSchema(schema);
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

    @Override
    public void write(Object value, JsonText json) {
        Struct struct = (Struct) value;
        if (!schema.is(struct.schema())) {
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
