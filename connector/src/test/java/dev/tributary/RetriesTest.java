// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final AtomicLong clock = new AtomicLong();

    @Test
    void pausesDoubleUpToTheLimit() {
        // Given
        Retries retries = new Retries(Duration.ofSeconds(3), -1, clock::get);

        // When
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            assertThat(retries.failed()).isTrue();
            pauses.add(retries.pause().toMillis());
        }

        // Then
        assertThat(pauses).containsExactly(500L, 1000L, 2000L, 3000L, 3000L);
    }

    @Test
    void aSuccessStartsFromTheShortestPauseAgain() {
        // Given
        Retries retries = new Retries(Duration.ofSeconds(10), -1, clock::get);
        retries.failed();
        retries.failed();

        // When
        retries.started();
        retries.running(true);
        retries.failed();

        // Then
        assertThat(retries.pause()).isEqualTo(Duration.ofMillis(500));
        assertThat(retries.attempts()).isEqualTo(1);
    }

    @Test
    void aQuietDatabaseIsASuccessOnlyAfterTheLongestPause() {
        // Given
        Retries retries = new Retries(Duration.ofSeconds(10), -1, clock::get);
        retries.failed();
        retries.started();

        // Then
        retries.running(false);
        assertThat(retries.attempts()).isEqualTo(1);
        clock.addAndGet(Duration.ofSeconds(11).toNanos());
        retries.running(false);
        assertThat(retries.attempts()).isZero();
    }

    @Test
    void moreFailuresThanAllowedInARowAreTooMany() {
        // Given
        Retries retries = new Retries(Duration.ofSeconds(10), 2, clock::get);

        // Then
        assertThat(retries.failed()).isTrue();
        assertThat(retries.failed()).isTrue();
        assertThat(retries.failed()).isFalse();
    }

    @Test
    void withoutRetriesTheFirstFailureIsTheLast() {
        assertThat(new Retries(Duration.ofSeconds(10), 0, clock::get).failed()).isFalse();
    }

    @Test
    void theNextAttemptIsDueWhenThePauseIsOver() throws InterruptedException {
        // Given
        Retries retries = new Retries(Duration.ofMillis(1), -1, clock::get);
        retries.failed();

        // Then
        assertThat(retries.awaitNext()).isFalse();
        clock.addAndGet(Duration.ofMillis(1).toNanos());
        assertThat(retries.awaitNext()).isTrue();
    }
}
