// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CountedEventsTest {

    @Test
    void itContinuesFromTheCountsBefore() {
        // Given
        CountedEvents events = new CountedEvents(Map.of("a", 3L, "b", 1L));

        // When
        int added = events.add("b");

        // Then
        assertThat(added).isEqualTo(1);
        assertThat(events.total()).isEqualTo(5);
        assertThat(events.after(added)).isEqualTo(Map.of("a", 3L, "b", 2L));
        assertThat(events.after(0)).isEqualTo(Map.of("a", 3L, "b", 1L));
    }

    @Test
    void anEarlierMomentHasNoTableThatCameLater() {
        // Given
        CountedEvents events = new CountedEvents(Map.of());

        // When
        events.add("a");
        events.add("b");

        // Then
        assertThat(events.after(1)).isEqualTo(Map.of("a", 1L));
        assertThat(events.totalAfter(1)).isEqualTo(1);
    }

    /** Of up to 40 tables, compared with a copy of the counts at each moment. */
    @Test
    void itKnowsTheCountsOfEachMoment() {
        long seed = System.nanoTime();
        System.out.println("CountedEventsTest seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            // Given
            int tables = 1 + random.nextInt(40);
            CountedEvents events = new CountedEvents(Map.of());
            Map<String, Long> counts = new HashMap<>();
            List<Map<String, Long>> moments = new ArrayList<>();

            // When
            for (int i = 0; i < 200; i++) {
                String table = "t" + random.nextInt(tables);
                events.add(table);
                counts.merge(table, 1L, Long::sum);
                moments.add(Map.copyOf(counts));
            }

            // Then
            for (int i = 0; i < moments.size(); i++) {
                assertThat(events.after(i + 1)).isEqualTo(moments.get(i));
            }
        }
    }
}
