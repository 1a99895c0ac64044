// SPDX-License-Identifier: Apache-2.0
package dev.tributary.preflight;

import dev.tributary.postgres.TableName;
import java.util.List;
import java.util.Set;

/**
 * The result of all checks.
 *
 * @param findings all findings
 * @param ofTables those of them that are about tables, which come and go while a task runs
 * @param preparations what the connector itself runs, in this order, to create what is missing and what it is allowed
 *     to create: chosen replica identities, its publication, and tables that are not in it yet; empty when nothing is
 *     missing
 * @param changesLost whether the slot cannot send every change after the stored position, so that resuming from there
 *     would leave a gap
 * @param snapshotComplete whether the slot shows that the first snapshot is complete, although the stored offset says
 *     otherwise
 * @param published the captured tables that are published
 * @param leftOut captured tables that the connector leaves out, because publishing them would break applications
 */
public record Report(
        List<Finding> findings,
        List<Finding> ofTables,
        List<Preparation> preparations,
        boolean changesLost,
        boolean snapshotComplete,
        Set<TableName> published,
        Set<TableName> leftOut) {

    public Report {
        findings = List.copyOf(findings);
        ofTables = List.copyOf(ofTables);
        published = Set.copyOf(published);
        leftOut = Set.copyOf(leftOut);
        preparations = List.copyOf(preparations);
    }

    /** The findings that prevent the connector from starting. */
    public List<Finding> errors() {
        return findings.stream()
                .filter(finding -> finding.severity() == Finding.Severity.ERROR)
                .toList();
    }
}
