// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SizesTest {

    @Test
    void whatComesFirstGoesFirstHoweverItGrows() {
        // Given
        long seed = System.nanoTime();
        System.out.println("SizesTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        Sizes sizes = new Sizes();
        Deque<Long> expected = new ArrayDeque<>();

        for (int i = 0; i < 100_000; i++) {
            // When
            if (expected.isEmpty() || random.nextInt(5) > 1) {
                long size = random.nextLong();
                sizes.add(size);
                expected.add(size);
            } else {
                // Then
                assertThat(sizes.peek()).isEqualTo(expected.peek());
                assertThat(sizes.remove()).isEqualTo(expected.remove());
            }
        }
        while (!expected.isEmpty()) {
            assertThat(sizes.remove()).isEqualTo(expected.remove());
        }
    }
}
