// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;

/**
 * What was made of a schema: a transform makes it once per version of a table, not once per record. Bounded, as
 * {@link BoundedCache} is.
 *
 * @param <V> what is made of a schema
 */
public final class SchemaCache<V> {

    private final BoundedCache<Schema, V> kept;

    /** @param maker is asked once per schema, as long as that is kept; must not return null */
    public SchemaCache(Function<Schema, V> maker) {
        kept = new BoundedCache<>(maker);
    }

    public V get(Schema schema) {
        return kept.get(schema);
    }
}
