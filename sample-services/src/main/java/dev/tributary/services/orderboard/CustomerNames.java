// SPDX-License-Identifier: Apache-2.0
package dev.tributary.services.orderboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The names of all customers. */
final class CustomerNames {

    private final Map<Long, String> names = new ConcurrentHashMap<>();
    private final LongConsumer changed;

    /** @param changed called with each customer whose name has changed */
    CustomerNames(LongConsumer changed) {
        this.changed = changed;
    }

    /** The name of a customer; empty if there is no such row. */
    Optional<String> of(long customer) {
        return Optional.ofNullable(names.get(customer));
    }

    /** Sets or removes the name of a customer. */
    void put(long id, @Nullable JsonNode name) {
        String before = name == null ? names.remove(id) : names.put(id, name.asText());
        if (!Objects.equals(before, names.get(id))) {
            changed.accept(id);
        }
    }
}
