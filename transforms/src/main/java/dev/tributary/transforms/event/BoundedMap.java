// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A map of values that can be computed again, bounded by the weight of its keys. Not thread-safe, as transforms are
 * not.
 *
 * <p>When it is full, it takes only one of {@value #ADMITS_ONE_OF} new entries, and evicts the least recently used ones
 * for it. So more keys than there is room for, one after the other, do not evict each other in turn: most are still
 * found. And an entry that would need a large part of the room is not kept at all.
 *
 * @param <K> the key
 * @param <V> the value
 */
public final class BoundedMap<K, V> {

    /**
     * How heavy all keys can be together: as many tables of ten columns as no connector has. What is kept for one unit,
     * a column or a name, takes some hundred bytes.
     */
    public static final long LIMIT = 100_000;

    private static final int ADMITS_ONE_OF = 8;
    private static final int LARGEST_PART = 4;

    private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private final ToLongFunction<? super K> weigher;
    private final long limit;
    private long weight;
    private int refused;

    /** For keys that are about as heavy as a name. */
    public BoundedMap() {
        this(key -> 1);
    }

    /** @param weigher how heavy a key is, and always will be: 1 for a name, and so much for each column of a schema */
    public BoundedMap(ToLongFunction<? super K> weigher) {
        this(weigher, LIMIT);
    }

    /** @param limit how heavy all keys can be together */
    public BoundedMap(ToLongFunction<? super K> weigher, long limit) {
        this.weigher = weigher;
        this.limit = limit;
    }

    public @Nullable V get(K key) {
        return entries.get(key);
    }

    /** Keeps a value if there is room. */
    public void put(K key, V value) {
        if (entries.replace(key, value) != null) {
            return;
        }
        long more = weigher.applyAsLong(key);
        if (more > Math.max(1, limit / LARGEST_PART)) {
            return;
        }
        if (weight + more > limit) {
            if (++refused % ADMITS_ONE_OF != 0) {
                return;
            }
            evict(more);
        }
        weight += more;
        entries.put(key, value);
    }

    private void evict(long more) {
        Iterator<K> eldest = entries.keySet().iterator();
        while (weight + more > limit && eldest.hasNext()) {
            weight -= weigher.applyAsLong(eldest.next());
            eldest.remove();
        }
    }

    /** The value of a key, which is computed if it is not here. */
    public V computeIfAbsent(K key, Function<? super K, ? extends V> maker) {
        V found = entries.get(key);
        if (found == null) {
            found = maker.apply(key);
            put(key, found);
        }
        return found;
    }

    int size() {
        return entries.size();
    }
}
