// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import java.util.List;

/**
 * What a look at the database brought.
 *
 * @param findings all that was found
 * @param preparations the statements by which the connector itself makes ready what is missing and what it may make: its
 *     publication, and tables that are not in it yet; empty when all is ready
 * @param changesLost whether the slot cannot send every change after the stored position, so that going on from there
 *     would leave a gap
 */
public record Report(List<Finding> findings, List<String> preparations, boolean changesLost) {

    public Report {
        findings = List.copyOf(findings);
        preparations = List.copyOf(preparations);
    }

    /** The findings that keep the connector from starting. */
    public List<Finding> errors() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
    }
}
