// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MedianTest {

    @Test
    void isTheNumberInTheMiddleInAnyOrder() {
        assertThat(Median.of(9, 1, 5)).isEqualTo(5);
    }

    @Test
    void isTheMeanOfTwoIfTheirCountIsEven() {
        assertThat(Median.of(4, 1, 100, 2)).isEqualTo(3);
    }

    @Test
    void isNotANumberIfThereAreNone() {
        assertThat(Median.of()).isNaN();
    }
}
