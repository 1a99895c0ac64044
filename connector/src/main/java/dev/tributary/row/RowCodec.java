// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

import java.util.List;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the rows of one version of a table, for one schema made of its columns: the value's or the key's.
 *
 * <p>Safe for use by several threads.
 */
public final class RowCodec {

    private final Schema schema;
    private final int[] columns;
    private final ColumnCodec[] codecs;

    /**
     * A field and where it comes from.
     *
     * @param column the column's place in a row
     * @param codec what makes the field of it
     */
    public record Source(int column, ColumnCodec codec) {}

    /**
     * @param schema the schema
     * @param sources for each of its fields, in their order, where it comes from
     */
    public RowCodec(Schema schema, List<Source> sources) {
        if (sources.size() != schema.fields().size()) {
            throw new IllegalArgumentException(
                    schema.fields().size() + " fields cannot be made of " + sources.size() + " sources");
        }
        this.schema = schema;
        this.columns = sources.stream().mapToInt(Source::column).toArray();
        this.codecs = sources.stream().map(Source::codec).toArray(ColumnCodec[]::new);
    }

    public Schema schema() {
        return schema;
    }

    /**
     * The row as a struct that reads a field when it is asked for; what may fail to be read is read now.
     *
     * @throws RuntimeException if a value cannot be converted and the configuration says that this is a failure
     */
    public Struct lazily(RowImage row) {
        RowStruct struct = new RowStruct(this, row);
        for (int field = 0; field < codecs.length; field++) {
            if (codecs[field].mayFail(row, columns[field])) {
                struct.readNow(field);
            }
        }
        return struct;
    }

    /** The row as a plain struct, for what others compare. */
    public Struct eagerly(RowImage row) {
        Struct struct = new Struct(schema);
        for (Field field : schema.fields()) {
            struct.put(field, value(row, field.index()));
        }
        return struct;
    }

    /** The value of the field with an index. */
    @Nullable
    Object value(RowImage row, int field) {
        return codecs[field].value(row, columns[field]);
    }

    /** Writes the JSON of the field with an index without making its value; false if nothing was written. */
    boolean writeJson(RowImage row, int field, JsonText json) {
        return codecs[field].writeJson(row, columns[field], json);
    }
}
