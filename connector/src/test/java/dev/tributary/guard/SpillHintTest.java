// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.postgres.SlotHealth;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpillHintTest {

    private static final long MB = 1 << 20;

    private final SpillHint hint = new SpillHint("shop");

    private Optional<String> observe(int minute, long megabytes) {
        return hint.observe(
                TimeUnit.MINUTES.toNanos(minute), new SlotHealth.Load(null, megabytes / 100, megabytes * MB, null));
    }

    @Test
    void namesTheOptionOnceIfMuchIsSpilledWithinAnHour() {
        assertThat(observe(0, 5_000)).as("counted before").isEmpty();
        assertThat(observe(30, 5_900)).isEmpty();

        assertThat(observe(40, 6_100))
                .hasValueSatisfying(text -> assertThat(text)
                        .contains("Slot shop", "11 transactions", "1.1 GB", "slot.decoding.work.mem.mb"));
        assertThat(observe(50, 9_000)).isEmpty();
    }

    @Test
    void aLargeTransactionNowAndThenIsNoReason() {
        for (int hour = 0; hour < 24; hour++) {
            assertThat(observe(hour * 61, hour * 900L)).isEmpty();
        }
    }

    @Test
    void countersThatBeginAnewAreNoSpill() {
        assertThat(observe(0, 5_000)).isEmpty();
        assertThat(observe(1, 0)).isEmpty();
        assertThat(observe(2, 900)).isEmpty();
    }
}
