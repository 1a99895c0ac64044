// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** Recognizes change events among records. Not thread-safe. */
public final class ChangeEvents {

    private final SchemaCache<Optional<Envelope>> envelopes;
    private final boolean strict;

    /** Recognizes what Debezium's connectors and ours have made. */
    public ChangeEvents() {
        this(true);
    }

    private ChangeEvents(boolean strict) {
        this.strict = strict;
        this.envelopes = new SchemaCache<>(strict ? Envelope::of : Envelope::like);
    }

    /** Also takes what only looks like a change event, for who must not miss one. */
    public static ChangeEvents andWhatLooksLikeThem() {
        return new ChangeEvents(false);
    }

    /** Null if the record is not a change event: a tombstone, a heartbeat, a flat row. */
    public @Nullable ChangeEvent of(ConnectRecord<?> record) {
        Object value = record.value();
        if (value instanceof Struct struct) {
            Envelope envelope = envelope(struct.schema());
            Operation operation = envelope == null ? null : Operation.of(envelope.op(struct));
            return operation == null ? null : new ChangeEvent(struct, envelope, operation);
        }
        return value instanceof Map<?, ?> map ? ofMap(map) : null;
    }

    /** Null if values of the schema are not change events. */
    public @Nullable Envelope envelope(Schema schema) {
        return envelopes.get(schema).orElse(null);
    }

    /** Whether the schema is that of change events, also of some whose rows are no structs, as those of MongoDB. */
    public static boolean hasEnvelope(Schema schema) {
        return Envelope.isDebeziums(schema);
    }

    private @Nullable ChangeEvent ofMap(Map<?, ?> map) {
        boolean isEnvelope = strict
                ? map.get(Envelope.SOURCE) instanceof Map<?, ?> source && source.containsKey(Envelope.CONNECTOR)
                : map.get(Envelope.BEFORE) instanceof Map
                        || map.get(Envelope.AFTER) instanceof Map
                        || map.get(Envelope.SOURCE) instanceof Map;
        Operation operation = isEnvelope ? Operation.of(map.get(Envelope.OP)) : null;
        return operation == null ? null : new ChangeEvent(map, null, operation);
    }
}
