// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShorteningTest {

    @Test
    void findsTheOneStepThatFails() throws Exception {
        assertThat(new Shortening(steps -> steps.contains(7)).of(Set.of(1, 2, 3, 4, 5, 6, 7, 8)))
                .containsExactly(7);
    }

    @Test
    void findsTwoThatFailTogether() throws Exception {
        assertThat(new Shortening(steps -> steps.containsAll(Set.of(1, 4))).of(Set.of(1, 2, 3, 4)))
                .containsExactly(1, 4);
    }

    @Test
    void keepsAllIfNothingElseFails() throws Exception {
        List<Set<Integer>> runs = new ArrayList<>();
        assertThat(new Shortening(steps -> {
                            runs.add(steps);
                            return false;
                        })
                        .of(Set.of(1, 2, 3, 4, 5, 6, 7, 8, 9)))
                .hasSize(9);
        assertThat(runs).hasSize(8);
    }
}
