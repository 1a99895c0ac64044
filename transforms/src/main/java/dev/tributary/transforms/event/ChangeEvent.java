// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A change event: the envelope of a record's value, read where it is. Rows are {@link Struct}s, or {@link Map}s if the record
 * has no schema; {@link FieldPath} reads both.
 */
public final class ChangeEvent {

    private final Object value;
    private final @Nullable Envelope envelope;
    private final Operation operation;

    ChangeEvent(Object value, @Nullable Envelope envelope, Operation operation) {
        this.value = value;
        this.envelope = envelope;
        this.operation = operation;
    }

    public Operation operation() {
        return operation;
    }

    /** The whole envelope. */
    public Object value() {
        return value;
    }

    /** The row as it was; null if the event does not say. */
    public @Nullable Object before() {
        return envelope == null ? part(Envelope.BEFORE) : envelope.before((Struct) value);
    }

    /** The row as it is; null if it is no more. */
    public @Nullable Object after() {
        return envelope == null ? part(Envelope.AFTER) : envelope.after((Struct) value);
    }

    /** The row as it is, or as it was before it was deleted; null if the event has none. */
    public @Nullable Object row() {
        Object after = after();
        return after == null ? before() : after;
    }

    /** Where the event comes from: table, LSN, transaction. */
    public @Nullable Object source() {
        return envelope == null ? part(Envelope.SOURCE) : envelope.source((Struct) value);
    }

    /** Null for events without a schema, and for logical messages. */
    public @Nullable Schema rowSchema() {
        return envelope == null ? null : envelope.rowSchema();
    }

    private @Nullable Object part(String name) {
        return ((Map<?, ?>) value).get(name);
    }
}
