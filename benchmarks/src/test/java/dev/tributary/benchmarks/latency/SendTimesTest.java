// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SendTimesTest {

    @Test
    void percentilesAreExact() {
        // Given
        long[] nanos = LongStream.rangeClosed(1, 1_000).map(i -> i * 1_000_000).toArray();

        // When
        Percentiles percentiles = Percentiles.of(nanos);

        // Then
        assertThat(percentiles).isEqualTo(new Percentiles(1_000, 500, 900, 990, 1_000));
    }

    @Test
    void onlyTheFirstReceiptOfARowCounts() {
        // Given
        SendTimes times = new SendTimes(100, 2);
        times.sent(0);
        long later = System.nanoTime() + 3_000_000;

        // When, Then
        assertThat(times.received(100, later)).isTrue();
        assertThat(times.received(100, later + 1_000_000_000)).isFalse();
        assertThat(times.received(99, later)).isFalse();
        assertThat(times.received(102, later)).isFalse();
        assertThat(times.latencies().count()).isEqualTo(1);
        assertThat(times.latencies().max()).isBetween(3.0, 1_000.0);
    }
}
