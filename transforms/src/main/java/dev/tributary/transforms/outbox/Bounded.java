// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that hold a bounded number of entries: the one that was not asked for the longest goes. */
final class Bounded {

    /** More topics, or shapes of payloads, than most outboxes have; one beyond costs time, not correctness. */
    static final int BOUND = 1_000;

    private Bounded() {}

    static <K, V> Map<K, V> map() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > BOUND;
            }
        };
    }
}
