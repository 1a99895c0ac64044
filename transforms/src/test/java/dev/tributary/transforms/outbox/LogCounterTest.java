// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogCounterTest {

    @Test
    void logsLessAndLessOften() {
        LogCounter count = new LogCounter();
        assertThat(IntStream.rangeClosed(1, 20).filter(i -> count.increment())).containsExactly(1, 2, 4, 8, 16);
        assertThat(count.value()).isEqualTo(20);
    }
}
