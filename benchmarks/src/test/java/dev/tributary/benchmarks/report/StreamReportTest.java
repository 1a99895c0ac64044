// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StreamReportTest {

    @Test
    void ratiosAreThoseOfTheMedians() {
        // Given
        StreamReport report = new StreamReport(Runs.stream(0.9, 3, 5));

        // When
        List<String> ours = report.table().rows().get(3);

        // Then
        assertThat(ours)
                .containsExactly(
                        "Tributary <us>", "90,000", "81,000", "99,000", "90%", "5.00", "3.00", "12.0", "1,500", "999");
    }

    @Test
    void eachTargetSaysWhetherItIsMet() {
        // Given
        StreamReport report = new StreamReport(Runs.stream(0.95, 2.5, 5));

        // When
        String targets = Target.table(report.targets()).text();

        // Then
        assertThat(targets.lines())
                .anySatisfy(line -> assertThat(line).contains("bare", "95", "met"))
                .anySatisfy(line -> assertThat(line).contains("tuned", "≥ 2.70×", "2.50×", "missed"))
                .anySatisfy(line -> assertThat(line).contains("default", "met"))
                .anySatisfy(line -> assertThat(line).contains("CPU", "≤ 10 µs", "12 µs", "missed"))
                .anySatisfy(line -> assertThat(line).contains("allocation", "1,500 bytes", "met"));
    }
}
