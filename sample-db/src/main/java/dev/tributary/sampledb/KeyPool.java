// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;

/**
 * A set of keys to draw from at random. Each operation takes constant time and is deterministic for a given
 * {@link Random}.
 */
final class KeyPool {

    private final List<Long> keys = new ArrayList<>();
    private final Map<Long, Integer> places = new HashMap<>();

    void add(long key) {
        if (places.putIfAbsent(key, keys.size()) == null) {
            keys.add(key);
        }
    }

    void remove(long key) {
        Integer place = places.remove(key);
        if (place == null) {
            return;
        }
        Long last = keys.remove(keys.size() - 1);
        if (last != key) {
            keys.set(place, last);
            places.put(last, place);
        }
    }

    OptionalLong draw(Random random) {
        return keys.isEmpty() ? OptionalLong.empty() : OptionalLong.of(keys.get(random.nextInt(keys.size())));
    }

    int size() {
        return keys.size();
    }
}
