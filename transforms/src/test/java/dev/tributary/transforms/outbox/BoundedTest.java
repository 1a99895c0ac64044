// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundedTest {

    @Test
    void theOneThatWasNotAskedForTheLongestGoes() {
        // Given
        Map<Integer, String> map = Bounded.map();
        for (int i = 0; i < Bounded.BOUND; i++) {
            map.put(i, "kept");
        }

        // When
        map.get(0);
        map.put(-1, "one more");

        // Then
        assertThat(map).hasSize(Bounded.BOUND).containsKeys(0, -1).doesNotContainKey(1);
    }
}
