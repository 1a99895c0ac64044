// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class JvmReadingTest {

    @Test
    void countsExistingAndNewThreads() {
        // Given
        JvmReading before = new JvmReading(1_000, Map.of(1L, 100L, 2L, 50L), 3, 1);
        JvmReading after = new JvmReading(5_000, Map.of(1L, 150L, 3L, 7L), 10, 2);

        // When
        JvmUsage usage = after.since(before);

        // Then
        assertThat(usage).isEqualTo(new JvmUsage(4_000, 57, 7, 1));
    }

    @Test
    void measuresTheAllocationOfThisJvm() throws Exception {
        try (JvmMeter meter = JvmMeter.here()) {
            // Given
            JvmReading before = meter.read();

            // When
            byte[][] kept = new byte[10][1 << 20];

            // Then
            assertThat(kept).hasDimensions(10, 1 << 20);
            assertThat(meter.read().since(before).allocatedBytes()).isGreaterThanOrEqualTo(10 << 20);
        }
    }

    @Test
    void keepsTheAllocationOfThreadsThatHaveEndedIfItWasRead() {
        // Given
        JvmReading before = new JvmReading(0, Map.of(1L, 100L), 0, 0);
        JvmReading between = new JvmReading(0, Map.of(1L, 150L, 2L, 40L), 0, 0);
        JvmReading after = new JvmReading(0, Map.of(1L, 160L, 3L, 5L), 0, 0);

        // When
        JvmReading all = after.remembering(between.remembering(before));

        // Then
        assertThat(all.since(before).allocatedBytes()).isEqualTo(60 + 40 + 5);
    }
}
