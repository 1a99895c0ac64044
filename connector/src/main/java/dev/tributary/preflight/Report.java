// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import java.util.List;

/**
 * The result of all checks.
 *
 * @param findings all findings
 * @param preparations the statements with which the connector itself creates what is missing and what it is allowed to
 *     create: its publication, and tables that are not in it yet; empty when nothing is missing
 * @param changesLost whether the slot cannot send every change after the stored position, so that resuming from there
 *     would leave a gap
 * @param waitsForSlot whether the connector has to wait because another process uses the slot
 */
public record Report(List<Finding> findings, List<String> preparations, boolean changesLost, boolean waitsForSlot) {

    public Report {
        findings = List.copyOf(findings);
        preparations = List.copyOf(preparations);
    }

    /** The findings that prevent the connector from starting. */
    public List<Finding> errors() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
    }
}
