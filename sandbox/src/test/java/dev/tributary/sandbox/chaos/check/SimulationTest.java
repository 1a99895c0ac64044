// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SimulationTest {

    private static final int RUNS = Integer.getInteger("simulation.runs", 300);

    private final long first = Long.getLong("simulation.seed", System.nanoTime());

    @Test
    void acceptsAConnectorThatKeepsItsPromises() {
        System.out.println("-Dsimulation.seed=" + first);
        for (long seed = first; seed < first + RUNS; seed++) {
            // Given
            Simulation simulation = new Simulation(seed);

            // When
            Verdict verdict = simulation.check(simulation.arrivals(simulation.records), simulation.reports);

            // Then
            assertThat(verdict.isGood())
                    .as("seed %d: %s", seed, verdict.describe())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(RowMutation.class)
    void findsEachMistakeWithARow(RowMutation mutation) {
        find(mutation);
    }

    @ParameterizedTest
    @EnumSource(TableMutation.class)
    void findsEachMistakeWithATruncateOrAReport(TableMutation mutation) {
        find(mutation);
    }

    private void find(Mutation mutation) {
        System.out.println("-Dsimulation.seed=" + first);
        int made = 0;
        for (long seed = first; seed < first + RUNS; seed++) {
            // Given
            Story story = new Story(new Simulation(seed));
            Optional<Simulation.Sent> record = mutation.make(story);
            if (record.isEmpty()) {
                continue;
            }
            made++;

            // When
            Verdict verdict = story.check();

            // Then
            assertThat(verdict.isGood())
                    .as(
                            "seed %d, %s%n%s",
                            seed,
                            record.get(),
                            story.describe(record.get().unit().key()))
                    .isFalse();
        }
        assertThat(made).isGreaterThan(RUNS / 10);
    }
}
