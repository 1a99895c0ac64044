// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackfillPaceTest {

    /** {@link System#nanoTime()} may be negative, and may pass from positive to negative numbers. */
    private long nanos = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(1);

    private final BackfillPace pace = new BackfillPace(() -> nanos);

    @Test
    void readingBeginsAtOnce() {
        assertThat(pace.isDue()).isTrue();
    }

    @Test
    void pausesInARowGrowToASecond() {
        // When
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            pace.pause();
            millis.add(waitUntilDue());
        }

        // Then
        assertThat(millis).containsExactly(4L, 8L, 16L, 32L, 64L, 128L, 256L, 512L, 1000L, 1000L, 1000L);
    }

    @Test
    void pausesStartShortAgainAfterAChunk() {
        // Given
        for (int i = 0; i < 5; i++) {
            pace.pause();
        }

        // When
        pace.reset();
        pace.pause();

        // Then
        assertThat(waitUntilDue()).isEqualTo(4);
    }

    @Test
    void aPauseForTheOperatorTakesASecond() {
        // When
        pace.pauseLong();

        // Then
        assertThat(waitUntilDue()).isEqualTo(1000);
    }

    @Test
    void theReasonForALongPauseIsLoggedAtOnceAndThenOnceAMinute() {
        // When
        List<Integer> seconds = new ArrayList<>();
        for (int second = 0; second < 150; second++) {
            if (pace.pauseLong()) {
                seconds.add(second);
            }
            advanceSeconds(1);
        }

        // Then
        assertThat(seconds).containsExactly(0, 60, 120);
    }

    @Test
    void aLineAboutTheProgressIsDueEveryTenSeconds() {
        // When
        List<Integer> seconds = new ArrayList<>();
        for (int second = 0; second < 35; second++) {
            if (pace.isLineDue()) {
                seconds.add(second);
            }
            advanceSeconds(1);
        }

        // Then
        assertThat(seconds).containsExactly(10, 20, 30);
    }

    private void advanceSeconds(long seconds) {
        nanos += TimeUnit.SECONDS.toNanos(seconds);
    }

    /** Returns after how many milliseconds reading is due. */
    private long waitUntilDue() {
        long millis = 0;
        while (!pace.isDue()) {
            nanos += TimeUnit.MILLISECONDS.toNanos(1);
            millis++;
        }
        return millis;
    }
}
