// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Caches what a transform derives from a key, so that it is computed once per table or topic and not once per record.
 * Bounded as {@link BoundedMap} is. Not thread-safe, as transforms are not.
 *
 * @param <K> the key
 * @param <V> the derived value
 */
public final class BoundedCache<K, V> {

    private final Function<K, V> maker;
    private final BoundedMap<K, V> entries;
    private @Nullable K lastKey;
    private @Nullable V last;

    /** @param maker called once per key while its entry is cached; must not return null. Exceptions are not cached */
    public BoundedCache(Function<K, V> maker) {
        this(maker, key -> 1);
    }

    /** @param weigher as that of {@link BoundedMap} */
    public BoundedCache(Function<K, V> maker, ToLongFunction<? super K> weigher) {
        this(maker, weigher, BoundedMap.LIMIT);
    }

    /** @param limit as that of {@link BoundedMap} */
    public BoundedCache(Function<K, V> maker, ToLongFunction<? super K> weigher, long limit) {
        this.maker = maker;
        this.entries = new BoundedMap<>(weigher, limit);
    }

    @SuppressWarnings("ReferenceEquality") // the same object needs no lookup, any other is looked up
    public V get(K key) {
        // Records of one table arrive in runs and share one schema object.
        V found = last;
        if (found == null || key != lastKey) {
            found = entries.computeIfAbsent(key, maker);
            lastKey = key;
            last = found;
        }
        return found;
    }

    int size() {
        return entries.size();
    }
}
