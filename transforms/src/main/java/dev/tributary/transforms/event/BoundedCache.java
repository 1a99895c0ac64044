// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Caches what a transform derives from a key, so that it is computed once per table or topic and not once per record.
 * Holds {@value #BOUND} entries and evicts the least recently used one. Not thread-safe, as transforms are not.
 *
 * @param <K> the key
 * @param <V> the derived value
 */
public final class BoundedCache<K, V> {

    /** More tables than most connectors have. A table beyond it costs time, not correctness. */
    public static final int BOUND = 512;

    private final Function<K, V> maker;
    private final Map<K, V> entries = new BoundedMap<>(BOUND);
    private @Nullable K lastKey;
    private @Nullable V last;

    /** @param maker called once per key while its entry is cached; must not return null. Exceptions are not cached */
    public BoundedCache(Function<K, V> maker) {
        this.maker = maker;
    }

    @SuppressWarnings("ReferenceEquality") // the same object needs no lookup, any other is looked up
    public V get(K key) {
        // Records of one table arrive in runs and share one schema object.
        V found = last;
        if (found == null || key != lastKey) {
            found = entries.get(key);
            if (found == null) {
                found = maker.apply(key);
                entries.put(key, found);
            }
            lastKey = key;
            last = found;
        }
        return found;
    }

    int size() {
        return entries.size();
    }
}
