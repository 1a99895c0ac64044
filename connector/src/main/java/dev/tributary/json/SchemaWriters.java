// SPDX-License-Identifier: Apache-2.0
package dev.tributary.json;

import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.data.Schema;

/**
 * Caches the writers of the most recent schemas. It looks up a schema by identity first, because a source reuses its
 * schemas, and comparing two schemas takes longer than writing a row.
 */
final class SchemaWriters {

    private final JsonWriters compiler;
    private final boolean withSchema;
    private final int capacity;
    private final IdentityHashMap<Schema, SchemaWriter> byIdentity = new IdentityHashMap<>();
    private final Map<Schema, SchemaWriter> byValue;

    /**
     * @param withSchema {@code schemas.enable}
     * @param capacity {@code schemas.cache.size}
     */
    SchemaWriters(JsonWriters compiler, boolean withSchema, int capacity) {
        this.compiler = compiler;
        this.withSchema = withSchema;
        this.capacity = Math.max(1, capacity);
        this.byValue = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<Schema, SchemaWriter> eldest) {
                return size() > SchemaWriters.this.capacity;
            }
        };
    }

    synchronized SchemaWriter of(Schema schema) {
        SchemaWriter known = byIdentity.get(schema);
        if (known != null) {
            return known;
        }
        SchemaWriter writer = byValue.computeIfAbsent(schema, this::compiled);
        if (byIdentity.size() >= capacity) {
            byIdentity.clear();
        }
        byIdentity.put(schema, writer);
        return writer;
    }

    private SchemaWriter compiled(Schema schema) {
        try {
            return new SchemaWriter(schema, compiler.of(schema), withSchema);
        } catch (RuntimeException e) {
            return new SchemaWriter(schema, null, withSchema);
        }
    }
}
