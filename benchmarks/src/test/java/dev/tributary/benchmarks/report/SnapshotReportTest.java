// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SnapshotReportTest {

    @Test
    void ratiosAreThoseOfTheMediansAndRelativeToTheFasterTunedContestant() {
        // Given
        SnapshotReport report = new SnapshotReport(Runs.snapshot(200_000, 40_000, 50_000));

        // When
        List<List<String>> rows = report.table().rows();

        // Then
        assertThat(rows.get(3))
                .containsExactly(
                        "Tributary",
                        "200,000",
                        "180,000",
                        "220,000",
                        "50%",
                        "–",
                        "4.00",
                        "12.0",
                        "1,500",
                        "999",
                        "1.5 s");
    }

    @Test
    void eachTargetSaysWhetherItIsMet() {
        // Given
        SnapshotReport report = new SnapshotReport(Runs.snapshot(170_000, 50_000, 40_000));

        // When
        String targets = Target.table(report.targets()).text();

        // Then
        assertThat(targets.lines())
                .anySatisfy(line -> assertThat(line).contains("rows/s", "≥ 180,000", "170,000", "missed"))
                .anySatisfy(line -> assertThat(line).contains("CPU", "≤ 8 µs", "12 µs", "missed"))
                .anySatisfy(line -> assertThat(line).contains("faster", "≥ 3×", "3.40×", "met"));
    }
}
