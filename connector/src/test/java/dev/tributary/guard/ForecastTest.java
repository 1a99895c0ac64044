// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.guard.Forecast.Observation;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongUnaryOperator;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class ForecastTest {

    private static final int INTERVAL = 10;
    private static final long PER_SECOND = 1_000_000;

    private final Forecast forecast = new Forecast(Duration.ofSeconds(INTERVAL));

    /** WAL is written at a steady rate. */
    private void observe(int seconds, boolean isRead, LongUnaryOperator neededAt) {
        for (int second = 0; second <= seconds; second += INTERVAL) {
            forecast.observe(new Observation(
                    TimeUnit.SECONDS.toNanos(second), second * PER_SECOND, neededAt.applyAsLong(second), isRead));
        }
    }

    @Test
    void aSlotThatStandsStillGrowsAsFastAsWalIsWritten() {
        observe(60, false, second -> 0);

        assertThat(forecast.standsStill()).isTrue();
        assertThat(forecast.until(100 * PER_SECOND)).contains(Duration.ofSeconds(100));
        assertThat(forecast.until(0)).contains(Duration.ZERO);
        assertThat(forecast.until(-1)).contains(Duration.ZERO);
    }

    @Test
    void nothingIsForecastBeforeItIsKnown() {
        observe(0, false, second -> 0);
        assertThat(forecast.until(1)).isEmpty();

        forecast.observe(new Observation(TimeUnit.SECONDS.toNanos(INTERVAL), PER_SECOND, 0, false));
        assertThat(forecast.until(1)).as("after one interval").isEmpty();
    }

    /** The server moves the position of a slot that is read about every 15 seconds. */
    @Test
    void aReaderThatKeepsUpIsNoDanger() {
        observe(600, true, second -> second / 15 * 15 * PER_SECOND);

        assertThat(forecast.standsStill()).isFalse();
        assertThat(Math.abs(forecast.growthPerSecond())).isLessThan(0.2 * PER_SECOND);
    }

    /** Connect stores offsets once a minute, by default. */
    @Test
    void aReaderThatAcknowledgesOnceAMinuteIsNoDanger() {
        observe(595, true, second -> second / 60 * 60 * PER_SECOND);

        assertThat(forecast.standsStill()).isFalse();
        assertThat(Math.abs(forecast.growthPerSecond())).isLessThan(0.1 * PER_SECOND);
    }

    /** A long transaction keeps the WAL. */
    @Test
    void aSlotThatIsReadCanStandStill() {
        observe(290, true, second -> 0);
        assertThat(forecast.until(1)).isEmpty();

        forecast.observe(new Observation(TimeUnit.SECONDS.toNanos(300), 300 * PER_SECOND, 0, true));
        assertThat(forecast.until(PER_SECOND)).contains(Duration.ofSeconds(1));
    }

    @Test
    void aSlotThatIsReadAgainStandsStillUntilItMoves() {
        observe(60, false, second -> 0);

        forecast.observe(new Observation(TimeUnit.SECONDS.toNanos(70), 70 * PER_SECOND, 0, true));

        assertThat(forecast.until(PER_SECOND)).contains(Duration.ofSeconds(1));
    }

    @Test
    void aReaderThatFallsBehindIsForecast() {
        observe(1200, true, second -> second / 30 * 30 * PER_SECOND / 4);

        assertThat(forecast.growthPerSecond()).isCloseTo(0.75 * PER_SECOND, Percentage.withPercentage(10));
    }

    @Test
    void aSlotThatIsReadAgainIsNoDangerAnyMore() {
        observe(600, true, second -> second < 300 ? 0 : second * PER_SECOND);

        assertThat(forecast.until(PER_SECOND)).isEmpty();
    }

    /** A backup or a batch before the pause says nothing about it. */
    @Test
    void aPauseIsForecastFromWhatIsWrittenInIt() {
        // Given
        long written = 0;
        for (int second = 0; second <= 300; second += INTERVAL) {
            written += INTERVAL * 50 * PER_SECOND;
            forecast.observe(new Observation(TimeUnit.SECONDS.toNanos(second), written, written, true));
        }

        // When
        long needed = written;
        for (int second = 310; second <= 350; second += INTERVAL) {
            written += INTERVAL * PER_SECOND;
            forecast.observe(new Observation(TimeUnit.SECONDS.toNanos(second), written, needed, false));
        }

        // Then
        assertThat(forecast.standsStill()).isTrue();
        assertThat(forecast.growthPerSecond()).isCloseTo(PER_SECOND, Percentage.withPercentage(1));
    }

    @Test
    void whatGrewBeforeAPauseIsNoForecastOfIt() {
        observe(600, true, second -> second / 30 * 30 * PER_SECOND / 4);
        assertThat(forecast.growthPerSecond()).isPositive();

        forecast.observe(new Observation(TimeUnit.SECONDS.toNanos(610), 610 * PER_SECOND, 150 * PER_SECOND, false));

        assertThat(forecast.growthPerSecond()).isZero();
    }

    @Test
    void whatIsAMonthAwayIsNotInSight() {
        observe(60, false, second -> 0);
        long day = TimeUnit.DAYS.toSeconds(1);

        assertThat(forecast.until(29 * day * PER_SECOND)).contains(Duration.ofDays(29));
        assertThat(forecast.until(31 * day * PER_SECOND)).isEmpty();
    }

    /** After a failover, or if the slot was made anew. */
    @Test
    void aPositionThatGoesBackBeginsAnew() {
        observe(60, false, second -> 0);

        forecast.observe(new Observation(TimeUnit.SECONDS.toNanos(70), 5 * PER_SECOND, 0, false));

        assertThat(forecast.until(1)).isEmpty();
        assertThat(forecast.writtenPerSecond()).isZero();
    }
}
