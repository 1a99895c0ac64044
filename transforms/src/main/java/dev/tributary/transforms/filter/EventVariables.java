// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.filter;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelVariableResolver;
import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.UnavailableValue;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/** The variables of a condition, looked up in an event when the condition reads them. */
public final class EventVariables implements CelVariableResolver {

    private final ConnectRecord<?> record;
    private final ChangeEvent event;
    private final UnavailableValue unavailable;

    /** @param unavailable the value of columns that were not sent; a condition that reads one cannot be evaluated */
    public EventVariables(ConnectRecord<?> record, ChangeEvent event, UnavailableValue unavailable) {
        this.record = record;
        this.event = event;
        this.unavailable = unavailable;
    }

    @Override
    public Optional<Object> find(String name) {
        return switch (name) {
            case "op" -> Optional.of(event.operation().code());
            case "before" -> row(event.before());
            case "after" -> row(event.after());
            case "key" -> any(record.key());
            case "source" ->
                event.source() instanceof Struct source
                        ? Optional.of(NamedValues.ofMetadata(source))
                        : any(event.source());
            case "headers" -> Optional.of(NamedValues.of(record.headers()));
            default -> Optional.empty();
        };
    }

    private Optional<Object> row(@Nullable Object row) {
        if (row instanceof Struct struct) {
            return Optional.of(NamedValues.ofRow(struct, unavailable));
        }
        return row instanceof Map<?, ?> map ? Optional.of(NamedValues.ofRow(map, unavailable)) : any(row);
    }

    private static Optional<Object> any(@Nullable Object value) {
        return Optional.of(value == null ? NullValue.NULL_VALUE : CelValues.of(value));
    }
}
