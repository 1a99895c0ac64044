// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.preflight.Finding.Severity;
import java.util.List;
import org.assertj.core.api.ListAssert;

/** Asserts on the one finding that a test is about. */
final class FindingAssert {

    private final Finding finding;

    private FindingAssert(Finding finding) {
        this.finding = finding;
    }

    static FindingAssert assertOnly(List<Finding> findings) {
        assertThat(findings).hasSize(1);
        return new FindingAssert(findings.get(0));
    }

    /** The one finding whose text contains this. */
    static FindingAssert assertOne(List<Finding> findings, String found) {
        var saying = findings.stream()
                .filter(finding -> finding.found().contains(found))
                .toList();
        assertThat(saying).as("findings with '%s' among %s", found, findings).hasSize(1);
        return new FindingAssert(saying.get(0));
    }

    static ListAssert<Finding> assertNone(List<Finding> findings, String found) {
        return assertThat(findings).noneMatch(finding -> finding.found().contains(found));
    }

    static ListAssert<Finding> assertNoErrors(List<Finding> findings) {
        return assertThat(findings).noneMatch(finding -> finding.severity() == Severity.ERROR);
    }

    FindingAssert is(Severity severity, String option) {
        assertThat(finding.severity()).as(finding.message()).isEqualTo(severity);
        assertThat(finding.option()).as(finding.message()).isEqualTo(option);
        return this;
    }

    FindingAssert says(String... texts) {
        assertThat(finding.message()).contains(texts).doesNotContain("Exception", "\tat ");
        return this;
    }

    /** The statements that fix it, exactly. */
    FindingAssert fixedBy(String... statements) {
        assertThat(finding.fix()).isInstanceOf(Fix.Sql.class);
        assertThat(statements()).containsExactly(statements);
        assertThat(finding.message()).contains(statements);
        return this;
    }

    String[] statements() {
        return ((Fix.Sql) finding.fix()).statements().toArray(String[]::new);
    }
}
