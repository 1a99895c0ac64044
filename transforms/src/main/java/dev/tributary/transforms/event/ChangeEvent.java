// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.Map;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * A change event: the envelope in a record's value, read in place. Rows are {@link Struct}s, or {@link Map}s if the
 * record has no schema; {@link FieldPath} reads both.
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

    /** The row before the change; null if the event does not contain it. */
    public @Nullable Object before() {
        return envelope == null ? part(Envelope.BEFORE) : envelope.before((Struct) value);
    }

    /** The row after the change; null if it no longer exists. */
    public @Nullable Object after() {
        return envelope == null ? part(Envelope.AFTER) : envelope.after((Struct) value);
    }

    /** The row after the change, or before it for a delete; null if the event has neither. */
    public @Nullable Object row() {
        Object after = after();
        return after == null ? before() : after;
    }

    /** The origin of the event: table, LSN, transaction. */
    public @Nullable Object source() {
        return envelope == null ? part(Envelope.SOURCE) : envelope.source((Struct) value);
    }

    /** Null for events without a schema and for logical messages. */
    public @Nullable Schema rowSchema() {
        return envelope == null ? null : envelope.rowSchema();
    }

    private @Nullable Object part(String name) {
        return ((Map<?, ?>) value).get(name);
    }
}
