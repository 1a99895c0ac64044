// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import dev.tributary.row.AvroBytes;
import dev.tributary.row.JsonText;
import dev.tributary.row.LazyStruct;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Makes structs of which most fields are always the same, after a pattern: the {@code source} and {@code transaction}
 * blocks of one table's records, and the values of the transaction topic. Fields known to vary are read from the place
 * of the record; all others have the pattern's value.
 *
 * @param <P> the place of a record in the stream or in the snapshot
 */
public final class EventBlocks<P> {

    private final Schema schema;

    /** By field; null where the value is the same in every block. */
    private final @Nullable VaryingField<P>[] varying;

    private final @Nullable Object[] constants;
    private final byte[] @Nullable [] constantJson;
    private final byte[] @Nullable [] constantAvro;

    /**
     * @param pattern one such struct, made by Debezium or as Debezium makes it
     * @param varying the fields that vary, by name; those that the pattern does not have are ignored
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
    public EventBlocks(Struct pattern, Map<String, ? extends VaryingField<P>> varying) {
        this.schema = pattern.schema();
        int fields = schema.fields().size();
        this.varying = new VaryingField[fields];
        this.constants = new Object[fields];
        this.constantJson = new byte[fields][];
        this.constantAvro = new byte[fields][];
        for (Field field : schema.fields()) {
            Object value = pattern.getWithoutDefault(field.name());
            this.varying[field.index()] = varying.get(field.name());
            constants[field.index()] = value;
            constantJson[field.index()] = json(value);
            constantAvro[field.index()] = avro(value);
        }
    }

    private static byte @Nullable [] json(@Nullable Object value) {
        JsonText json = new JsonText();
        if (value instanceof String text) {
            json.string(text);
        } else if (value instanceof Long number) {
            json.number(number);
        } else {
            return null;
        }
        return json.copyFrom(0);
    }

    private static byte @Nullable [] avro(@Nullable Object value) {
        AvroBytes avro = new AvroBytes();
        if (value instanceof String text) {
            avro.string(text);
        } else if (value instanceof Long number) {
            avro.number(number);
        } else {
            return null;
        }
        return avro.copyFrom(0);
    }

    /**
     * Whether the block for a place equals Debezium's block for the same place. If it does not, Debezium knows a
     * varying field that we do not, and these blocks must not be used.
     */
    public boolean matches(Struct debeziums, P place) {
        Struct ours = of(place);
        return schema.fields().stream()
                .allMatch(field -> Objects.equals(
                        debeziums.getWithoutDefault(field.name()), ours.getWithoutDefault(field.name())));
    }

    /** Returns the block for a place. */
    public Struct of(P place) {
        return new Block(place);
    }

    /** One block. */
    private final class Block extends LazyStruct {

        private final P place;

        Block(P place) {
            super(schema);
            this.place = place;
        }

        @Override
        protected @Nullable Object read(int field) {
            VaryingField<P> value = varying[field];
            return value == null ? constants[field] : value.read(place);
        }

        @Override
        protected boolean write(int field, JsonText json) {
            VaryingField<P> value = varying[field];
            if (value != null) {
                return value.write(place, json);
            }
            byte[] constant = constantJson[field];
            if (constant != null) {
                json.raw(constant);
            }
            return constant != null;
        }

        @Override
        protected boolean write(int field, AvroBytes avro) {
            VaryingField<P> value = varying[field];
            if (value != null) {
                return value.write(place, avro);
            }
            byte[] constant = constantAvro[field];
            if (constant != null) {
                avro.raw(constant);
            }
            return constant != null;
        }
    }
}
