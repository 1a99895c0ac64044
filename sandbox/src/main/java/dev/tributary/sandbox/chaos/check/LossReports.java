// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import java.util.List;

/** Compares what was reported as lost with what faults really destroyed. One loss can be reported several times. */
final class LossReports {

    private LossReports() {}

    static void check(List<Report> reports, List<RealLoss> losses, Verdict.Builder verdict) {
        for (Report report : reports) {
            if (losses.stream().noneMatch(loss -> loss.explains(report))) {
                verdict.add(
                        Problem.Kind.FALSE_REPORT,
                        "",
                        null,
                        () -> "%s between %s and %s was reported, but no fault caused it: %s"
                                .formatted(
                                        report.kind(),
                                        Lsns.text(report.from()),
                                        Lsns.text(report.to()),
                                        report.text()));
            }
        }
        for (RealLoss loss : losses) {
            if (loss.certain() && reports.stream().noneMatch(loss::isReportedBy)) {
                verdict.add(
                        Problem.Kind.SILENT,
                        "",
                        null,
                        () -> "%s between %s and %s was not reported: %s"
                                .formatted(loss.kinds(), Lsns.text(loss.from()), Lsns.text(loss.to()), loss.why()));
            }
        }
    }
}
