// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.connect.data.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What was made of a schema, kept while the schema is in use: a transform makes it once per version of a table, not once per
 * record. Holds a bounded number; the one that was not asked for the longest goes. Not for several threads at once, as
 * transforms are not.
 *
 * @param <V> what is made of a schema
 */
public final class SchemaCache<V> {

    /** More tables than most connectors have; a table beyond costs time, not correctness. */
    public static final int BOUND = 512;

    private final Function<Schema, V> maker;
    private final Map<Schema, V> kept = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Schema, V> eldest) {
            return size() > BOUND;
        }
    };
    private @Nullable Schema lastSchema;
    private @Nullable V last;

    /** @param maker is asked once per schema, as long as that is kept; must not return null */
    public SchemaCache(Function<Schema, V> maker) {
        this.maker = maker;
    }

    public V get(Schema schema) {
        // Records of one table come in runs, and their schema is one object: most answers need no look at its fields.
        V found = last;
        if (found == null || schema != lastSchema) {
            found = kept.get(schema);
            if (found == null) {
                found = maker.apply(schema);
                kept.put(schema, found);
            }
            lastSchema = schema;
            last = found;
        }
        return found;
    }

    int size() {
        return kept.size();
    }
}
