// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedMapTest {

    private static final int BOUND = 256;

    @Test
    void theLeastRecentlyUsedEntryIsEvicted() {
        // Given
        Map<Integer, String> map = new BoundedMap<>(BOUND);
        for (int i = 0; i < BOUND; i++) {
            map.put(i, "kept");
        }

        // When
        map.get(0);
        map.put(-1, "one more");

        // Then
        assertThat(map).hasSize(BOUND).containsKeys(0, -1).doesNotContainKey(1);
    }
}
