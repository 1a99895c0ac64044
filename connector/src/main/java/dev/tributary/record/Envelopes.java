// SPDX-License-Identifier: Apache-2.0
package dev.tributary.record;

import dev.tributary.row.AvroBytes;
import dev.tributary.row.JsonText;
import dev.tributary.row.LazyStruct;
import io.debezium.data.Envelope.FieldName;
import io.debezium.data.Envelope.Operation;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Makes the envelopes of one table's events, in Debezium's schema. */
public final class Envelopes {

    private static final long NANOS_PER_MICRO = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Schema schema;
    private final Part[] parts;

    /** The content of a field. */
    private enum Part {
        BEFORE(FieldName.BEFORE),
        AFTER(FieldName.AFTER),
        SOURCE(FieldName.SOURCE),
        TRANSACTION(FieldName.TRANSACTION),
        OPERATION(FieldName.OPERATION),
        MILLIS(FieldName.TIMESTAMP),
        MICROS(FieldName.TIMESTAMP_US),
        NANOS(FieldName.TIMESTAMP_NS);

        private final String field;

        Part(String field) {
            this.field = field;
        }

        static Optional<Part> of(String field) {
            return Arrays.stream(values())
                    .filter(part -> part.field.equals(field))
                    .findFirst();
        }
    }

    private Envelopes(Schema schema) {
        this.schema = schema;
        this.parts = schema.fields().stream()
                .map(field -> Part.of(field.name()).orElseThrow())
                .toArray(Part[]::new);
    }

    /** Returns the envelopes of a schema; empty if the schema has a field unknown to us. */
    public static Optional<Envelopes> of(Schema schema) {
        boolean known =
                schema.fields().stream().allMatch(field -> Part.of(field.name()).isPresent());
        return known ? Optional.of(new Envelopes(schema)) : Optional.empty();
    }

    public Schema schema() {
        return schema;
    }

    /**
     * Returns an envelope.
     *
     * @param transaction the transaction block; null if there is none
     * @param nanos the time of processing, in nanoseconds since the epoch
     */
    public Struct envelope(
            Operation operation,
            @Nullable Struct before,
            @Nullable Struct after,
            Struct source,
            @Nullable Struct transaction,
            long nanos) {
        return new Envelope(operation, before, after, source, transaction, nanos);
    }

    /** One envelope. */
    private final class Envelope extends LazyStruct {

        private final Operation operation;
        private final @Nullable Struct before;
        private final @Nullable Struct after;
        private final Struct source;
        private final @Nullable Struct transaction;
        private final long nanos;

        Envelope(
                Operation operation,
                @Nullable Struct before,
                @Nullable Struct after,
                Struct source,
                @Nullable Struct transaction,
                long nanos) {
            super(schema);
            this.operation = operation;
            this.before = before;
            this.after = after;
            this.source = source;
            this.transaction = transaction;
            this.nanos = nanos;
        }

        @Override
        protected @Nullable Object read(int field) {
            return switch (parts[field]) {
                case BEFORE -> before;
                case AFTER -> after;
                case SOURCE -> source;
                case TRANSACTION -> transaction;
                case OPERATION -> operation.code();
                case MILLIS -> nanos / NANOS_PER_MILLI;
                case MICROS -> nanos / NANOS_PER_MICRO;
                case NANOS -> nanos;
            };
        }

        @Override
        protected boolean write(int field, JsonText json) {
            switch (parts[field]) {
                case MILLIS -> json.number(nanos / NANOS_PER_MILLI);
                case MICROS -> json.number(nanos / NANOS_PER_MICRO);
                case NANOS -> json.number(nanos);
                case OPERATION -> json.string(operation.code());
                case BEFORE, AFTER, SOURCE, TRANSACTION -> {
                    return false;
                }
            }
            return true;
        }

        @Override
        protected boolean write(int field, AvroBytes avro) {
            switch (parts[field]) {
                case MILLIS -> avro.number(nanos / NANOS_PER_MILLI);
                case MICROS -> avro.number(nanos / NANOS_PER_MICRO);
                case NANOS -> avro.number(nanos);
                case OPERATION -> avro.string(operation.code());
                case BEFORE, AFTER, SOURCE, TRANSACTION -> {
                    return false;
                }
            }
            return true;
        }
    }
}
