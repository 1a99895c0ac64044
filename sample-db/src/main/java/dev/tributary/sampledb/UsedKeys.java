// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import java.util.HashMap;
import java.util.Map;

/** Keys that other rows refer to: all of them, and those that can be deleted because no row refers to them. */
final class UsedKeys {

    final KeyPool all = new KeyPool();
    final KeyPool unused = new KeyPool();
    private final Map<Long, Integer> uses = new HashMap<>();

    void add(long key) {
        all.add(key);
        unused.add(key);
    }

    void remove(long key) {
        all.remove(key);
        unused.remove(key);
    }

    void use(long key) {
        uses.merge(key, 1, Integer::sum);
        unused.remove(key);
    }

    void release(long key) {
        if (uses.merge(key, -1, Integer::sum) == 0) {
            uses.remove(key);
            unused.add(key);
        }
    }
}
