// SPDX-License-Identifier: Apache-2.0
package dev.tributary.row;

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
 * A {@link Struct} that creates the value of a field when it is first read.
 *
 * <p>{@code Struct} keeps its values in a private array, so this class overrides every method that reads them. A field
 * that was set keeps the value that was set. Like {@code Struct}, it is not safe for use by several threads.
 *
 * <p>It equals another {@code LazyStruct} with the same schema and values, but never a plain {@code Struct}, because
 * {@code Struct.equals} compares classes. So structs that others compare, such as keys, must be plain.
 */
public abstract class LazyStruct extends Struct {

    /** Marks a field that has not been read. */
    private static final Object UNREAD = new Object();

    private @Nullable Object @Nullable [] values;

    protected LazyStruct(Schema schema) {
        super(schema);
    }

    /** Creates the value of a field. */
    protected abstract @Nullable Object read(int field);

    /** Writes the JSON of a field without creating its value; false if nothing was written. */
    protected abstract boolean write(int field, JsonText json);

    /**
     * Writes a field in Avro's encoding, without the index of a union, and without creating its value; false if nothing
     * was written.
     */
    protected abstract boolean write(int field, AvroBytes avro);

    /**
     * Writes the JSON of a field without creating its value. Returns false if nothing was written, because the field
     * was read or set before, and so may have changed, or because its value is needed.
     */
    public final boolean writeJson(int field, JsonText json) {
        return isUnread(field) && write(field, json);
    }

    /** Writes a field in Avro's encoding, without the index of a union, under the same conditions. */
    public final boolean writeAvro(int field, AvroBytes avro) {
        return isUnread(field) && write(field, avro);
    }

    /** The value of a field for a caller that neither keeps nor changes it; the value is not stored here. */
    public final @Nullable Object peek(int field) {
        return isUnread(field) ? read(field) : value(field);
    }

    /**
     * A plain struct with the same values. This struct does not change, so another thread may call this as long as no
     * field is set.
     */
    public final Struct copy() {
        Struct copy = new Struct(schema());
        for (Field field : schema().fields()) {
            Object value = peek(field.index());
            if (value != null) {
                copy.put(field, value);
            }
        }
        return copy;
    }

    /** Reads a field now instead of later. */
    final void readNow(int field) {
        value(field);
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
    @SuppressWarnings("ByteBufferBackingArray") // as Struct does: a buffer here wraps exactly the value
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
        values()[field.index()] = value;
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
                || (other instanceof LazyStruct struct
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

    private boolean isUnread(int field) {
        return values == null || values[field] == UNREAD;
    }

    private @Nullable Object value(int field) {
        @Nullable Object[] read = values();
        Object value = read[field];
        if (value == UNREAD) {
            value = read(field);
            read[field] = value;
        }
        return value;
    }

    private @Nullable Object[] values() {
        @Nullable Object[] read = values;
        if (read == null) {
            read = new Object[schema().fields().size()];
            Arrays.fill(read, UNREAD);
            values = read;
        }
        return read;
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
