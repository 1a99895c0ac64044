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
        assertThat(percentiles).isEqualTo(new Percentiles(1_000, 500, 900, 990, 999, 1_000));
    }

    @Test
    void onlyTheFirstReceiptOfARowCounts() {
        // Given
        SendTimes times = new SendTimes(100, 2);
        long now = System.nanoTime();
        times.due(0, 1, now);
        long later = now + 3_000_000;

        // When, Then
        assertThat(times.received(100, later)).isTrue();
        assertThat(times.received(100, later + 1_000_000_000)).isFalse();
        assertThat(times.received(99, later)).isFalse();
        assertThat(times.received(102, later)).isFalse();
        assertThat(times.latencies().count()).isEqualTo(1);
        assertThat(times.latencies().max()).isEqualTo(3.0);
    }

    @Test
    void aCommitThatIsLateCountsFromWhenItWasDue() {
        // Given
        SendTimes times = new SendTimes(1, 2);
        long due = System.nanoTime() - 5_000_000_000L;
        times.due(0, 1, due);

        // When
        times.committed(0, 1);

        // Then
        assertThat(times.commits().p50()).isGreaterThanOrEqualTo(5_000);
        assertThat(times.perSecond()).isLessThan(0.5);
    }
}
