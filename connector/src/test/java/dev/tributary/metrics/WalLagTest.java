// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class WalLagTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final WalLag lag = new WalLag();

    @Test
    void nothingIsKnownBeforeTheFirstLook() {
        assertThat(lag.bytes()).isEqualTo(WalLag.UNKNOWN);
        assertThat(lag.millis(0)).isEqualTo(WalLag.UNKNOWN);
    }

    @Test
    void whatIsUnreadIsAsOldAsTheFirstLookThatSawIt() {
        // Given
        lag.observed(1_000, 0L, 0);
        lag.observed(1_500, 500L, 10 * SECOND);

        // When
        lag.observed(1_800, 800L, 20 * SECOND);

        // Then
        assertThat(lag.bytes()).isEqualTo(800);
        assertThat(lag.millis(25 * SECOND)).isEqualTo(15_000);
    }

    @Test
    void aReaderThatIsPastTheLastLookHasNoLag() {
        // Given
        lag.observed(1_500, 500L, 0);
        assertThat(lag.millis(SECOND)).isEqualTo(1_000);

        // When
        lag.streams(positions(1_700, 1_500));

        // Then
        assertThat(lag.millis(SECOND)).isZero();
        assertThat(lag.bytes()).isEqualTo(200);
    }

    @Test
    void onceTheStreamHasEndedTheServersWordCountsAgain() {
        // Given
        lag.observed(1_500, 500L, 0);
        WalLag.Positions positions = positions(1_700, 1_700);
        lag.streams(positions);

        // When
        lag.ended(positions);

        // Then
        assertThat(lag.bytes()).isEqualTo(500);
    }

    @Test
    void aServerWithLessWalIsAnotherOne() {
        // Given
        lag.observed(5_000, 4_000L, 0);

        // When
        lag.observed(2_000, 0L, SECOND);

        // Then
        assertThat(lag.bytes()).isZero();
        assertThat(lag.millis(2 * SECOND)).isZero();
    }

    @Test
    void theFirstLookIsRememberedHoweverManyFollow() {
        // When
        for (int look = 0; look < 10_000; look++) {
            lag.observed(1_000 + look, (long) look + 1, look * SECOND);
        }

        // Then
        assertThat(lag.millis(10_000 * SECOND)).isEqualTo(10_000_000);
    }

    @Test
    void allOfAConnectorShareOne() {
        // Given
        WalLag one = WalLag.of("wal-lag-test");

        // Then
        assertThat(WalLag.of("wal-lag-test")).isSameAs(one).isNotSameAs(WalLag.of("wal-lag-test-2"));
    }

    private static WalLag.Positions positions(long received, long acknowledged) {
        return new WalLag.Positions() {
            @Override
            public long received() {
                return received;
            }

            @Override
            public long acknowledged() {
                return acknowledged;
            }
        };
    }
}
