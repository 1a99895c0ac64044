// SPDX-License-Identifier: Apache-2.0
package dev.tributary.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotMarkTest {

    private static final Lsn POSITION = Lsn.parse("FFFFFFFF/B374D848");

    private final SlotMark mark = SlotMark.of("shop");

    @Test
    void noPositionOfTheServerHasAMark() {
        for (long position = 0; position < 4_096; position += 8) {
            assertThat(SlotMark.isOnAny(new Lsn(position))).isFalse();
            assertThat(mark.canBeOn(new Lsn(position))).isFalse();
        }
        assertThat(SlotMark.isOnAny(new Lsn(-8)))
                .as("above the range of a signed long")
                .isFalse();
    }

    /** The record that ends at a position begins at least 24 bytes before it: its header alone is that long. */
    @Test
    void aMarkedPositionIsAFewBytesShort() {
        // When
        Lsn marked = mark.on(POSITION);

        // Then
        assertThat(POSITION.value() - marked.value()).isBetween(2L, 7L);
        assertThat(SlotMark.isOnAny(marked)).isTrue();
        assertThat(mark.canBeOn(marked)).isTrue();
        assertThat(mark.on(marked)).isEqualTo(marked);
        assertThat(SlotMark.without(marked)).isEqualTo(POSITION);
        assertThat(SlotMark.without(POSITION)).isEqualTo(POSITION);
    }

    @Test
    void theMarkOfAConnectorIsTheSameInEveryVersion() {
        assertThat(IntStream.range(0, 6).mapToObj(i -> SlotMark.of("shop" + i).bytes()))
                .containsExactly(3, 5, 7, 7, 4, 4);
    }

    @Test
    void connectorsWithOtherPrefixesHaveOtherMarks() {
        // When
        Set<Integer> marks = IntStream.range(0, 100)
                .mapToObj(i -> SlotMark.of("shop-" + i).bytes())
                .collect(Collectors.toSet());

        // Then
        assertThat(marks).containsExactlyInAnyOrder(2, 3, 4, 5, 6, 7);
        SlotMark other = new SlotMark(mark.bytes() == 2 ? 3 : 2);
        assertThat(mark.canBeOn(other.on(POSITION))).isFalse();
    }

    @Test
    void theMarkOfTheFirstVersionIsAcceptedFromEveryConnector() {
        // Given
        Lsn ofFirstVersion = new Lsn(POSITION.value() - 1);

        // Then
        assertThat(IntStream.range(0, 20).mapToObj(i -> SlotMark.of("shop-" + i)))
                .allMatch(any -> any.canBeOn(ofFirstVersion));
        assertThat(mark.on(ofFirstVersion)).isEqualTo(mark.on(POSITION));
    }
}
