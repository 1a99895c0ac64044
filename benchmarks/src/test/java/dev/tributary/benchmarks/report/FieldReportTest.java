// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class FieldReportTest {

    @Test
    void aLineHasTributaryBesideDebezium() {
        // When
        Table table = new FieldReport(Runs.field(0.8, 5)).table();

        // Then
        assertThat(table.rows())
                .extracting(row -> row.subList(0, 6))
                .containsExactly(
                        List.of("README's configuration", "100,000", "90,000", "110,000", "33,333", "3.00"),
                        List.of(
                                "Avro, TributaryAvroConverter, Apicurio's",
                                "80,000",
                                "72,000",
                                "88,000",
                                "16,000",
                                "5.00"),
                        List.of("Scenario tables", "70,000", "63,000", "77,000", "25,000", "2.80"));
    }

    @Test
    void aTargetIsMissedBelowItsLimit() {
        // When
        List<Target> missed = new FieldReport(Runs.field(0.8, 5))
                .targets().stream().filter(target -> !target.isMet()).toList();

        // Then
        assertThat(missed)
                .extracting(Target::what)
                .contains(
                        "Avro, relative to JSON",
                        "Avro, relative to Debezium with Apicurio's converter",
                        "1,000 tables, relative to one")
                .doesNotContain("README's configuration, relative to Debezium");
    }

    @Test
    void aTargetIsMetAtItsLimit() {
        // When
        List<Target> targets = new FieldReport(Runs.field(0.86, 6.1)).targets();

        // Then
        assertThat(targets)
                .filteredOn(target -> target.what().startsWith("Avro, relative to"))
                .hasSize(2)
                .allMatch(Target::isMet);
    }
}
