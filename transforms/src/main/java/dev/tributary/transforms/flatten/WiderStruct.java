// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.flatten;

import dev.tributary.transforms.event.Schemas;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.ConnectSchema;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * A row with additional fields. The row is not copied: its columns are read from it on demand. A field that is set is
 * set here and not in the row.
 *
 * <p>{@link Struct} keeps its values in a private array, so every method that reads them is overridden. A
 * {@code WiderStruct} is equal to another one with the same schema and values. {@code Struct} compares classes, so it
 * is never equal to a plain one.
 */
final class WiderStruct extends Struct {

    private final Struct row;
    private final List<Field> columns;
    private final @Nullable Object[] added;
    private @Nullable Object @Nullable [] own;

    /**
     * @param schema the columns of the row, unchanged, followed by the added fields
     * @param added the values of the added fields
     */
    WiderStruct(Schema schema, Struct row, List<Field> columns, @Nullable Object[] added) {
        super(schema);
        this.row = row;
        this.columns = columns;
        this.added = added;
    }

    @Override
    public @Nullable Object get(String fieldName) {
        return get(fieldOf(fieldName));
    }

    @Override
    public @Nullable Object get(Field field) {
        Object value = value(field.index());
        return value == null ? field.schema().defaultValue() : value;
    }

    @Override
    public @Nullable Object getWithoutDefault(String fieldName) {
        return value(fieldOf(fieldName).index());
    }

    @Override
    public @Nullable Byte getInt8(String fieldName) {
        return (Byte) typed(fieldName, Schema.Type.INT8);
    }

    @Override
    public @Nullable Short getInt16(String fieldName) {
        return (Short) typed(fieldName, Schema.Type.INT16);
    }

    @Override
    public @Nullable Integer getInt32(String fieldName) {
        return (Integer) typed(fieldName, Schema.Type.INT32);
    }

    @Override
    public @Nullable Long getInt64(String fieldName) {
        return (Long) typed(fieldName, Schema.Type.INT64);
    }

    @Override
    public @Nullable Float getFloat32(String fieldName) {
        return (Float) typed(fieldName, Schema.Type.FLOAT32);
    }

    @Override
    public @Nullable Double getFloat64(String fieldName) {
        return (Double) typed(fieldName, Schema.Type.FLOAT64);
    }

    @Override
    public @Nullable Boolean getBoolean(String fieldName) {
        return (Boolean) typed(fieldName, Schema.Type.BOOLEAN);
    }

    @Override
    public @Nullable String getString(String fieldName) {
        return (String) typed(fieldName, Schema.Type.STRING);
    }

    @Override
    @SuppressWarnings("ByteBufferBackingArray") // as Struct does
    public byte @Nullable [] getBytes(String fieldName) {
        Object value = typed(fieldName, Schema.Type.BYTES);
        return value instanceof ByteBuffer buffer ? buffer.array() : (byte[]) value;
    }

    @Override
    @SuppressWarnings("unchecked") // as Struct does: the schema says what the list holds
    public <T> @Nullable List<T> getArray(String fieldName) {
        return (List<T>) typed(fieldName, Schema.Type.ARRAY);
    }

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> @Nullable Map<K, V> getMap(String fieldName) {
        return (Map<K, V>) typed(fieldName, Schema.Type.MAP);
    }

    @Override
    public @Nullable Struct getStruct(String fieldName) {
        return (Struct) typed(fieldName, Schema.Type.STRUCT);
    }

    @Override
    public Struct put(String fieldName, @Nullable Object value) {
        return put(fieldOf(fieldName), value);
    }

    @Override
    public Struct put(@Nullable Field field, @Nullable Object value) {
        if (field == null) {
            throw new DataException("field cannot be null.");
        }
        ConnectSchema.validateValue(field.name(), field.schema(), value);
        own = all();
        own[field.index()] = value;
        return this;
    }

    @Override
    public void validate() {
        for (Field field : schema().fields()) {
            Object value = value(field.index());
            if (value != null || !(field.schema().isOptional() || field.schema().defaultValue() != null)) {
                ConnectSchema.validateValue(field.name(), field.schema(), value);
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof WiderStruct struct
                        && schema().equals(struct.schema())
                        && Arrays.deepEquals(all(), struct.all()));
    }

    @Override
    public int hashCode() {
        return Objects.hash(schema(), Arrays.deepHashCode(all()));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Struct{");
        String separator = "";
        for (Field field : schema().fields()) {
            Object value = value(field.index());
            if (value != null) {
                text.append(separator).append(field.name()).append('=').append(value);
                separator = ",";
            }
        }
        return text.append('}').toString();
    }

    private @Nullable Object value(int field) {
        if (own != null) {
            return own[field];
        }
        return field < columns.size() ? Schemas.withoutDefault(row, columns.get(field)) : added[field - columns.size()];
    }

    private @Nullable Object[] all() {
        @Nullable Object[] all = new Object[schema().fields().size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = value(i);
        }
        return all;
    }

    private @Nullable Object typed(String fieldName, Schema.Type type) {
        Field field = fieldOf(fieldName);
        if (field.schema().type() != type) {
            throw new DataException("Field '" + fieldName + "' is not of type " + type);
        }
        return value(field.index());
    }

    private Field fieldOf(String fieldName) {
        Field field = schema().field(fieldName);
        if (field == null) {
            throw new DataException(fieldName + " is not a valid field name");
        }
        return field;
    }
}
