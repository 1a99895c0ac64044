// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map of what was made once and can be made again: beyond its bound, the entry that was not asked for the longest goes. */
final class Bounded<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int bound;

    Bounded(int bound) {
        super(16, 0.75f, true);
        this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
    }
}
