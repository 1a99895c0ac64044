// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/**
 * Caches what a transform derives from a schema, so that it is computed once per version of a table and not once per
 * record. Bounded by the number of columns, as {@link BoundedMap} is.
 *
 * @param <V> the derived value
 */
public final class SchemaCache<V> {

    private final BoundedCache<Schema, V> entries;

    /** @param maker called once per schema while its entry is cached; must not return null */
    public SchemaCache(Function<Schema, V> maker) {
        entries = new BoundedCache<>(maker, Schemas::columns);
    }

    public V get(Schema schema) {
        return entries.get(schema);
    }
}
