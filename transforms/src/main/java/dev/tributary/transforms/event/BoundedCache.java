// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was made of a key, kept while the key is in use: a transform makes it once per table or topic, not once per record.
 * Holds {@value #BOUND}; the one that was not asked for the longest goes. Not for several threads at once, as transforms are
 * not.
 *
 * @param <K> what it is made of
 * @param <V> what is made of it
 */
public final class BoundedCache<K, V> {

    /** More tables than most connectors have; a table beyond costs time, not correctness. */
    public static final int BOUND = 512;

    private final Function<K, V> maker;
    private final Map<K, V> kept = new BoundedMap<>(BOUND);
    private @Nullable K lastKey;
    private @Nullable V last;

    /** @param maker is asked once per key, as long as that is kept; must not return null. What it throws is not kept */
    public BoundedCache(Function<K, V> maker) {
        this.maker = maker;
    }

    @SuppressWarnings("ReferenceEquality") // the same object needs no look at what is in it; another is looked up
    public V get(K key) {
        // Records of one table come in runs, and their schema is one object.
        V found = last;
        if (found == null || key != lastKey) {
            found = kept.get(key);
            if (found == null) {
                found = maker.apply(key);
                kept.put(key, found);
            }
            lastKey = key;
            last = found;
        }
        return found;
    }

    int size() {
        return kept.size();
    }
}
