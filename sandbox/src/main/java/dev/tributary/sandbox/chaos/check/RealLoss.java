// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import java.util.Set;

/**
 * A loss that a fault caused, and that the connector must therefore report.
 *
 * @param kinds what can have become of the changes
 * @param from the first LSN of the range
 * @param to the last one
 * @param certain whether it must be reported; if not, it may be
 * @param why the fault
 */
public record RealLoss(Set<LossKind> kinds, long from, long to, boolean certain, String why) {

    public RealLoss {
        kinds = Set.copyOf(kinds);
    }

    /** Whether a report says something about it. */
    boolean isReportedBy(Report report) {
        return kinds.contains(report.kind()) && report.from() <= to && from <= report.to();
    }

    /** Whether it explains all of a report: one that begins too early claims that changes are lost that are not. */
    boolean explains(Report report) {
        return kinds.contains(report.kind()) && report.from() >= from - Report.SLACK && report.from() <= to;
    }
}
