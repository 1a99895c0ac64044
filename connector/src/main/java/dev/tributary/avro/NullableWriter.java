// SPDX-License-Identifier: Apache-2.0
package dev.tributary.avro;

import dev.tributary.row.AvroBytes;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** Writes values of one schema, including null, each with the index of its member if the Avro schema is a union. */
final class NullableWriter {

    private static final byte[] NONE = {};

    private final AvroWriter values;
    private final byte[] index;
    private final byte @Nullable [] nulls;
    private final boolean isNatural;

    /**
     * @param values writes values other than null
     * @param index the index of such values; empty if the schema is no union
     * @param nulls null, or the default that stands for it, in Avro's encoding; null if null is not allowed
     * @param isNatural whether values have the encoding that Avro has for their type in Connect
     */
    private NullableWriter(AvroWriter values, byte[] index, byte @Nullable [] nulls, boolean isNatural) {
        this.values = values;
        this.index = index;
        this.nulls = nulls;
        this.isNatural = isNatural;
    }

    /** For values that are never null. */
    static NullableWriter required(AvroWriter values, boolean isNatural) {
        return new NullableWriter(values, NONE, null, isNatural);
    }

    /**
     * For members of a union.
     *
     * @param member the index of the values
     * @param ofNull the index of null; negative if null is not allowed
     */
    static NullableWriter ofUnion(AvroWriter values, boolean isNatural, int member, int ofNull) {
        return new NullableWriter(values, number(member), ofNull < 0 ? null : number(ofNull), isNatural);
    }

    /**
     * For structs that stand for a union and write the index of their member themselves.
     *
     * @param ofNull the index of null; negative if null is not allowed
     */
    static NullableWriter union(AvroWriter members, int ofNull) {
        return new NullableWriter(members, NONE, ofNull < 0 ? null : number(ofNull), false);
    }

    private static byte[] number(int number) {
        AvroBytes avro = new AvroBytes();
        avro.number(number);
        return avro.copyFrom(0);
    }

    /** The same, but another value is written for null. */
    NullableWriter withDefault(Object value) {
        AvroBytes avro = new AvroBytes();
        write(value, avro);
        return new NullableWriter(values, index, avro.copyFrom(0), isNatural);
    }

    /** Whether a value may be written by who knows its bytes, after {@link #beginValue}. */
    boolean isNatural() {
        return isNatural;
    }

    /** Writes what precedes a value. */
    void beginValue(AvroBytes avro) {
        if (index.length > 0) {
            avro.raw(index);
        }
    }

    void write(@Nullable Object value, AvroBytes avro) {
        if (value != null) {
            beginValue(avro);
            values.write(value, avro);
        } else if (nulls != null) {
            avro.raw(nulls);
        } else {
            throw new DataException("It is null, which the schema does not allow");
        }
    }
}
