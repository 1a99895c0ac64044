// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedMapTest {

    private static final int ROOM = 512;

    private final BoundedMap<Integer, String> map = new BoundedMap<>(key -> Math.max(1, key / 1_000_000), ROOM);

    /** How many of the keys are found when all are looked up in turn, some rounds after the first. */
    private int found(int keys) {
        int found = 0;
        for (int round = 0; round < 20; round++) {
            for (int key = 0; key < keys; key++) {
                found += round >= 10 && map.get(key) != null ? 1 : 0;
                map.computeIfAbsent(key, String::valueOf);
            }
        }
        return found / 10;
    }

    @Test
    void whatFitsIsFound() {
        assertThat(found(ROOM)).isEqualTo(ROOM);
    }

    /** If each evicted the next one, none would ever be found. */
    @Test
    void mostAreFoundIfThereAreSomeMoreThanThereIsRoomFor() {
        assertThat(found(ROOM + 1)).isGreaterThan(ROOM * 9 / 10);
        assertThat(map.size()).isLessThanOrEqualTo(ROOM);
        assertThat(found(ROOM * 2)).isGreaterThan(ROOM / 2);
    }

    @Test
    void whatIsUsedAgainAndAgainComesIn() {
        // Given
        found(ROOM);

        // When
        for (int time = 0; time < 10; time++) {
            map.computeIfAbsent(-1, String::valueOf);
        }

        // Then
        assertThat(map.get(-1)).isNotNull();
    }

    @Test
    void theBoundIsForTheWeightAndNothingTakesAQuarterOfTheRoom() {
        map.put(100_000_000, "a hundred");
        map.put(110_000_000, "more");
        map.put(200_000_000, "too heavy");
        for (int key = 0; key < 10 * ROOM; key++) {
            map.put(key, "light");
        }

        assertThat(map.get(200_000_000)).isNull();
        assertThat(map.size()).isLessThanOrEqualTo(ROOM).isGreaterThan(ROOM / 2);
    }

    @Test
    void aValueCanBeReplaced() {
        map.put(1, "one");
        map.put(1, "another");

        assertThat(map.get(1)).isEqualTo("another");
        assertThat(map.size()).isEqualTo(1);
    }
}
