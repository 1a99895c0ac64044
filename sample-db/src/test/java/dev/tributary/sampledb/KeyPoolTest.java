// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sampledb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyPoolTest {

    @Test
    void drawsEveryKeyInThePoolAndNoOther() {
        // Given
        KeyPool pool = new KeyPool();
        for (long key = 0; key < 10; key++) {
            pool.add(key);
        }
        pool.remove(3);
        pool.remove(9);
        pool.remove(0);

        // When
        Set<Long> drawn = new HashSet<>();
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            drawn.add(pool.draw(random).orElseThrow());
        }

        // Then
        assertThat(drawn).containsExactlyInAnyOrder(1L, 2L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void drawsNoKeyIfItIsEmpty() {
        // Given
        KeyPool pool = new KeyPool();
        pool.add(1);

        // When
        pool.remove(1);

        // Then
        assertThat(pool.draw(new Random(1))).isEmpty();
        assertThat(pool.size()).isZero();
    }
}
