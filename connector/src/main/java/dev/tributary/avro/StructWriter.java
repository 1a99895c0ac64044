// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.row.AvroBytes;
import dev.tributary.row.ExpectedSchema;
import dev.tributary.row.LazyStruct;
import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Writes structs of one schema as records; a {@link LazyStruct} writes its unread fields itself if it can. */
final class StructWriter implements AvroWriter {

    private static final byte[] NONE = {};

    private final ExpectedSchema schema;

    private final Source[] sources;

    /** Where a field of the record comes from: from a field of the struct, or from its default. */
    static final class Source {

        private final @Nullable Field field;
        private final @Nullable NullableWriter writer;
        private final byte[] constant;

        private Source(@Nullable Field field, @Nullable NullableWriter writer, byte[] constant) {
            this.field = field;
            this.writer = writer;
            this.constant = constant;
        }

        static Source field(Field field, NullableWriter writer) {
            return new Source(field, writer, NONE);
        }

        /** @param encoded the default in Avro's encoding */
        static Source constant(byte[] encoded) {
            return new Source(null, null, encoded);
        }
    }

    /** @param sources the source of each field of the record, in its order */
    StructWriter(Schema schema, List<Source> sources) {
        this.schema = new ExpectedSchema(schema);
        this.sources = sources.toArray(Source[]::new);
    }

    @Override
    public void write(Object value, AvroBytes avro) {
        Struct struct = (Struct) value;
        if (!schema.is(struct.schema())) {
            throw new DataException("The schema of the struct is not the schema that it is converted with");
        }
        LazyStruct lazy = struct instanceof LazyStruct unread ? unread : null;
        for (Source source : sources) {
            Field field = source.field;
            NullableWriter writer = source.writer;
            if (field == null || writer == null) {
                avro.raw(source.constant);
            } else if (lazy == null) {
                written(field, struct.getWithoutDefault(field.name()), writer, avro);
            } else if (!isWrittenFromBytes(lazy, field, writer, avro)) {
                written(field, lazy.peek(field.index()), writer, avro);
            }
        }
    }

    private static boolean isWrittenFromBytes(LazyStruct lazy, Field field, NullableWriter writer, AvroBytes avro) {
        if (!writer.isNatural()) {
            return false;
        }
        int start = avro.length();
        writer.beginValue(avro);
        boolean written = lazy.writeAvro(field.index(), avro);
        if (!written) {
            avro.shortenTo(start);
        }
        return written;
    }

    /** An error names the fields on the way to it. */
    private static void written(Field field, @Nullable Object value, NullableWriter writer, AvroBytes avro) {
        try {
            writer.write(value, avro);
        } catch (DataException | ClassCastException e) {
            throw new DataException("Field " + field.name() + ": " + e.getMessage(), e);
        }
    }
}
