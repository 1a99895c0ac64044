// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.filter;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelVariableResolver;
import dev.tributary.transforms.event.ChangeEvent;
import java.util.Optional;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The variables of a condition, looked up in an event when the condition reads them. */
public final class EventVariables implements CelVariableResolver {

    private final ConnectRecord<?> record;
    private final ChangeEvent event;

    public EventVariables(ConnectRecord<?> record, ChangeEvent event) {
        this.record = record;
        this.event = event;
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case "op" -> Optional.of(event.operation().code());
            case "before" -> row(event.before());
            case "after" -> row(event.after());
            case "key" -> row(record.key());
            case "source" ->
                event.source() instanceof Struct source
                        ? Optional.of(NamedValues.ofMetadata(source))
                        : row(event.source());
            case "headers" -> Optional.of(NamedValues.of(record.headers()));
            default -> Optional.empty();
        };
    }

    private static Optional<Object> row(@Nullable Object row) {
        return Optional.of(row == null ? NullValue.NULL_VALUE : CelValues.of(row));
    }
}
