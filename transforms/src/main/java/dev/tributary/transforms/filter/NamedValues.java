// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.filter;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.NullValue;
import dev.cel.common.values.StructValue;
import dev.tributary.transforms.event.Schemas;
import dev.tributary.transforms.event.UnavailableValue;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A row, or anything else that has named values, as CEL sees it. A field is read only when an expression reads it. CEL
 * would copy a plain {@code Map} as a whole each time.
 */
@SuppressWarnings("Immutable") // as far as an expression can tell
abstract class NamedValues extends StructValue<String, NamedValues> implements Map<String, Object> {

    private static final CelType TYPE = MapType.create(SimpleType.STRING, SimpleType.DYN);

    /** A struct within a row, in which null is null even if the field has a default. */
    static NamedValues of(Struct struct) {
        return new OfStruct(struct, Schemas::withoutDefault);
    }

    /** A row. Columns that were not sent are there, but cannot be read. */
    static NamedValues ofRow(Struct struct, UnavailableValue unavailable) {
        return new OfStruct(struct, (row, column) -> available(Schemas.withoutDefault(row, column), unavailable));
    }

    /** A row without a schema. */
    static NamedValues ofRow(Map<?, ?> map, UnavailableValue unavailable) {
        return new OfMap(map, value -> available(value, unavailable));
    }

    private static @Nullable Object available(@Nullable Object value, UnavailableValue unavailable) {
        if (unavailable.is(value)) {
            throw new UnavailableValueException();
        }
        return value;
    }

    /** Metadata, in which null stands for the default. */
    static NamedValues ofMetadata(Struct struct) {
        return new OfStruct(struct, Schemas::orDefault);
    }

    static NamedValues of(Map<?, ?> map) {
        return new OfMap(map, value -> value);
    }

    static NamedValues of(Headers headers) {
        return new OfHeaders(headers);
    }

    abstract boolean has(String name);

    abstract @Nullable Object value(String name);

    abstract Set<String> names();

    @Override
    public Object select(String name) {
        if (!has(name)) {
            throw CelAttributeNotFoundException.forMissingMapKey(name);
        }
        return CelValues.of(value(name));
    }

    /** CEL calls this for {@code has} only: a column that was not sent is there. */
    @Override
    public Optional<Object> find(String name) {
        try {
            return has(name) ? Optional.of(CelValues.of(value(name))) : Optional.empty();
        } catch (UnavailableValueException e) {
            return Optional.of(NullValue.NULL_VALUE);
        }
    }

    @Override
    public NamedValues value() {
        return this;
    }

    @Override
    public boolean isZeroValue() {
        return false;
    }

    @Override
    public CelType celType() {
        return TYPE;
    }

    @Override
    public @Nullable Object get(Object key) {
        return key instanceof String name && has(name) ? CelValues.of(value(name)) : null;
    }

    @Override
    public boolean containsKey(Object key) {
        return key instanceof String name && has(name);
    }

    @Override
    public int size() {
        return names().size();
    }

    @Override
    public boolean isEmpty() {
        return names().isEmpty();
    }

    @Override
    public Set<String> keySet() {
        return names();
    }

    @Override
    public Collection<Object> values() {
        return copy().values();
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        return copy().entrySet();
    }

    @Override
    public boolean containsValue(Object value) {
        return copy().containsValue(value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || copy().equals(other);
    }

    @Override
    public int hashCode() {
        return copy().hashCode();
    }

    /** Contains no value of a row, since error messages may quote it. */
    @Override
    public String toString() {
        return "a row";
    }

    /** For expressions that use all values. */
    private Map<String, Object> copy() {
        Map<String, Object> copy = new LinkedHashMap<>();
        names().forEach(name -> copy.put(name, CelValues.of(value(name))));
        return copy;
    }

    @Override
    public Object put(String key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object remove(Object key) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void putAll(Map<? extends String, ?> map) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void clear() {
        throw new UnsupportedOperationException();
    }

    @SuppressWarnings("Immutable")
    private static final class OfStruct extends NamedValues {

        private final Struct struct;
        private final Reader reader;

        /** Reads a field. */
        private interface Reader {
            @Nullable
            Object of(Struct struct, Field field);
        }

        OfStruct(Struct struct, Reader reader) {
            this.struct = struct;
            this.reader = reader;
        }

        @Override
        public Object select(String name) {
            Field field = struct.schema().field(name);
            if (field == null) {
                throw CelAttributeNotFoundException.forMissingMapKey(name);
            }
            return CelValues.of(reader.of(struct, field));
        }

        @Override
        boolean has(String name) {
            return struct.schema().field(name) != null;
        }

        @Override
        @Nullable
        Object value(String name) {
            return reader.of(struct, struct.schema().field(name));
        }

        @Override
        Set<String> names() {
            Set<String> names = new LinkedHashSet<>();
            struct.schema().fields().stream().map(Field::name).forEach(names::add);
            return names;
        }
    }

    @SuppressWarnings("Immutable")
    private static final class OfMap extends NamedValues {

        private final Map<?, ?> map;

        private final UnaryOperator<@Nullable Object> reader;

        OfMap(Map<?, ?> map, UnaryOperator<@Nullable Object> reader) {
            this.map = map;
            this.reader = reader;
        }

        @Override
        boolean has(String name) {
            return map.containsKey(name);
        }

        @Override
        @Nullable
        Object value(String name) {
            return reader.apply(map.get(name));
        }

        @Override
        Set<String> names() {
            Set<String> names = new LinkedHashSet<>();
            map.keySet().forEach(name -> names.add(String.valueOf(name)));
            return names;
        }
    }

    @SuppressWarnings("Immutable")
    private static final class OfHeaders extends NamedValues {

        private final Headers headers;

        OfHeaders(Headers headers) {
            this.headers = headers;
        }

        @Override
        boolean has(String name) {
            return headers.lastWithName(name) != null;
        }

        @Override
        @Nullable
        Object value(String name) {
            Header last = headers.lastWithName(name);
            return last == null ? null : last.value();
        }

        @Override
        Set<String> names() {
            Set<String> names = new LinkedHashSet<>();
            headers.forEach(header -> names.add(header.key()));
            return names;
        }
    }
}
