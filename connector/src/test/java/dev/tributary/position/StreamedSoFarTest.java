// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class StreamedSoFarTest {

    private static final long EPOCH = 1L << 32;

    private final StreamedSoFar streamed = new StreamedSoFar();

    @Test
    void aSnapshotSeesTransactionsThatHaveEndedForIt() {
        begun(100, 101, 105);

        assertThat(sees("100:106:100")).isFalse();
        assertThat(sees("101:105:")).isFalse();
        assertThat(sees("102:106:103")).isTrue();
    }

    @Test
    void aTransactionThatIsNotVisibleIsRememberedHoweverManyFollow() {
        // Given: it waits for a standby, and a hundred thousand others do not
        begun(1_000);
        LongStream.range(1_001, 101_001).forEach(streamed::begun);

        // Then
        assertThat(sees("1000:101001:1000")).isFalse();
        assertThat(sees("1500:101001:1500")).isFalse();
        assertThat(sees("101001:101001:")).isTrue();
    }

    @Test
    void idsWrapAround() {
        begun(EPOCH - 2, EPOCH - 1, 3, 4);

        assertThat(sees((EPOCH - 2) + ":" + (EPOCH + 5) + ":" + (EPOCH - 2))).isFalse();
        assertThat(sees((EPOCH + 3) + ":" + (EPOCH + 5) + ":" + (EPOCH + 3))).isFalse();
        assertThat(sees(EPOCH + 3 + ":" + (EPOCH + 4) + ":")).isFalse();
        assertThat(sees((EPOCH + 5) + ":" + (EPOCH + 5) + ":")).isTrue();
    }

    @Test
    void whatWasVisibleIsNotLookedAtAgain() {
        // Given
        begun(10);
        assertThat(sees("11:11:")).isTrue();

        // When
        begun(12);

        // Then
        assertThat(sees("10:13:12")).isFalse();
        assertThat(sees("10:13:10")).isTrue();
    }

    private void begun(long... ids) {
        LongStream.of(ids).forEach(streamed::begun);
    }

    private boolean sees(String snapshot) {
        return streamed.isSeenBy(ServerSnapshot.parse(snapshot));
    }
}
