// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;
import org.junit.jupiter.api.Test;

class BoundedCacheTest {

    private final List<String> made = new ArrayList<>();
    private static final int ROOM = 64;

    private final BoundedCache<String, Integer> lengths = new BoundedCache<>(
            key -> {
                made.add(key);
                return key.length();
            },
            key -> 1,
            ROOM);

    @Test
    void theValueOfAKeyIsComputedOnce() {
        // When
        int first = lengths.get("one");
        lengths.get("three");
        int again = lengths.get(new String("one"));

        // Then
        assertThat(first).isEqualTo(again).isEqualTo(3);
        assertThat(made).containsExactly("one", "three");
    }

    @Test
    void theLeastRecentlyUsedEntryIsEvicted() {
        // Given
        lengths.get("old");
        lengths.get("used");

        // When
        for (int i = 0; i < 10 * ROOM; i++) {
            lengths.get("key " + i);
            lengths.get("used");
        }

        // Then
        assertThat(lengths.size()).isEqualTo(ROOM);
        lengths.get("used");
        lengths.get("old");
        assertThat(made).containsOnlyOnce("used").endsWith("old");
    }

    @Test
    void failuresAreNotCached() {
        // Given
        BoundedCache<String, Integer> failing = new BoundedCache<>(key -> {
            made.add(key);
            throw new DataException("no");
        });

        // When
        assertThatThrownBy(() -> failing.get("x")).isInstanceOf(DataException.class);
        assertThatThrownBy(() -> failing.get("x")).isInstanceOf(DataException.class);

        // Then
        assertThat(made).containsExactly("x", "x");
    }
}
