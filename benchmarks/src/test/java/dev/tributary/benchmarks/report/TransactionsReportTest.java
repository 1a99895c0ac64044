// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TransactionsReportTest {

    @Test
    void ratiosAreThoseOfTheMediansOfEachSize() {
        // Given
        TransactionsReport report = new TransactionsReport(Runs.transactions(0.8, 0.95));

        // When
        Table table = report.table();

        // Then
        assertThat(table.rows().get(1))
                .containsExactly("Tributary, exactly once", "80,000", "80%", "3.20", "95,000", "95%", "3.80");
        assertThat(table.rows().get(2)).contains("12,500", "13%", "0.50");
    }

    @Test
    void eachSizeHasItsTargets() {
        // Given
        TransactionsReport report = new TransactionsReport(Runs.transactions(0.8, 0.96));

        // When
        String targets = Target.table(report.targets()).text();

        // Then
        assertThat(targets.lines())
                .anySatisfy(line -> assertThat(line).contains("1 row,", "at least once", "≥ 85%", "80%", "missed"))
                .anySatisfy(line -> assertThat(line).contains("1 row,", "Debezium", "≥ 2.70×", "3.20×", "met"))
                .anySatisfy(line -> assertThat(line).contains("1000 rows,", "at least once", "≥ 95%", "96%", "met"));
    }
}
