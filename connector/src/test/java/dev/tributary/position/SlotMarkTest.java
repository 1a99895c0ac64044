// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SlotMarkTest {

    @Test
    void noPositionOfTheServerHasTheMark() {
        for (long position = 0; position < 4_096; position += 8) {
            assertThat(SlotMark.isOn(new Lsn(position))).isFalse();
        }
        assertThat(SlotMark.isOn(new Lsn(-8)))
                .as("above the range of a signed long")
                .isFalse();
    }

    @Test
    void aMarkedPositionIsOneByteShort() {
        // When
        Lsn marked = SlotMark.on(Lsn.parse("FFFFFFFF/B374D848"));

        // Then
        assertThat(marked).isEqualTo(Lsn.parse("FFFFFFFF/B374D847"));
        assertThat(SlotMark.isOn(marked)).isTrue();
        assertThat(SlotMark.on(marked)).isEqualTo(marked);
    }
}
