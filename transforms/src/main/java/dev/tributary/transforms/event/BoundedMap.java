// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A map of what was made once and can be made again: beyond its bound, the entry that was not asked for the longest goes. Not
 * for several threads at once.
 */
public final class BoundedMap<K, V> extends LinkedHashMap<K, V> {

    private static final long serialVersionUID = 1L;

    private final int bound;

    /** @param bound how many entries it holds at most */
    public BoundedMap(int bound) {
        super(16, 0.75f, true);
        this.bound = bound;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > bound;
    }
}
