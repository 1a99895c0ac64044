// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of values that can be computed again: beyond its bound it evicts the least recently used entry. Not
 * thread-safe.
 */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int bound;

    /** @param bound the maximum number of entries */
    public BoundedMap(int bound) {
        super(16, 0.75f, true);
        this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
    }
}
