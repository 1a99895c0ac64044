// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of one version of a table as structs of one schema: that of the value or that of the key.
 *
 * <p>Safe for use by several threads.
 */
public final class RowCodec {

    private final Schema schema;
    private final int[] columns;
    private final ColumnCodec[] codecs;
    private final boolean nothingIsLazy;

    /**
     * The source of a field.
     *
     * @param column the index of the column in a row
     * @param codec reads the field from the column
     */
    public record Source(int column, ColumnCodec codec) {}

    /**
     * @param schema the schema
     * @param sources the source of each of its fields, in order
     */
    public RowCodec(Schema schema, List<Source> sources) {
        if (sources.size() != schema.fields().size()) {
            throw new IllegalArgumentException(
                    schema.fields().size() + " fields need as many sources, not " + sources.size());
        }
        this.schema = schema;
        this.columns = sources.stream().mapToInt(Source::column).toArray();
        this.codecs = sources.stream().map(Source::codec).toArray(ColumnCodec[]::new);
        this.nothingIsLazy = sources.stream().map(Source::codec).noneMatch(ColumnCodec::isLazy);
    }

    public Schema schema() {
        return schema;
    }

    /**
     * The row as a struct that reads each field on demand. Fields whose conversion can fail are read now; if that is
     * true of every field, the struct is a plain one.
     *
     * @throws RuntimeException if a value cannot be converted and the configuration treats that as a failure
     */
    public Struct lazily(RowImage row) {
        if (nothingIsLazy) {
            return eagerly(row);
        }
        RowStruct struct = new RowStruct(this, row);
        for (int field = 0; field < codecs.length; field++) {
            if (codecs[field].mayFail(row, columns[field])) {
                struct.readNow(field);
            }
        }
        return struct;
    }

    /**
     * The row as a plain struct. Keys are: others compare them with structs of their own, which equal no other class.
     *
     * @throws RuntimeException if a value cannot be converted and the configuration treats that as a failure
     */
    public Struct eagerly(RowImage row) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            Object value = value(row, field.index());
            if (value != null) {
                struct.put(field, value);
            }
        }
        return struct;
    }

    /** The value of the field with an index. */
    @Nullable
    Object value(RowImage row, int field) {
        return codecs[field].value(row, columns[field]);
    }

    /** Writes the JSON of the field with an index without creating its value; false if nothing was written. */
    boolean writeJson(RowImage row, int field, JsonText json) {
        return codecs[field].writeJson(row, columns[field], json);
    }

    /** Writes the field with an index in Avro's encoding without creating its value; false if nothing was written. */
    boolean writeAvro(RowImage row, int field, AvroBytes avro) {
        return codecs[field].writeAvro(row, columns[field], avro);
    }
}
