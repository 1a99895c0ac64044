// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {

    @Test
    void printsAsPostgresDoes() {
        assertThat(new Lsn(0)).hasToString("0/0");
        assertThat(new Lsn(0x16_B374D848L)).hasToString("16/B374D848");
        assertThat(new Lsn(-1)).hasToString("FFFFFFFF/FFFFFFFF");
    }

    @Test
    void isOrderedWithoutSign() {
        assertThat(new Lsn(-1).isAfter(new Lsn(Long.MAX_VALUE))).isTrue();
        assertThat(new Lsn(7).isAfter(new Lsn(7))).isFalse();
    }

    @Test
    void readsWhatItPrints() {
        long seed = System.nanoTime();
        System.out.println("LsnTest seed " + seed);
        new SplittableRandom(seed).longs(1000).forEach(value -> {
            Lsn lsn = new Lsn(value);
            assertThat(Lsn.parse(lsn.toString())).isEqualTo(lsn);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "/", "1/", "/1", "1/G", "123456789/0", "0/0 ", "-1/0"})
    void refusesAnythingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Lsn.parse(text)).withMessageContaining("X/X");
    }
}
