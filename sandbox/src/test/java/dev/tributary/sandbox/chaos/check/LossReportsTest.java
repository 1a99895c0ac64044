// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LossReportsTest {

    private static final RealLoss LOSS = loss(100_000, 200_000, true, LossKind.LOST);

    @Test
    void acceptsALossThatWasReportedTwice() {
        assertThat(check(
                        List.of(report(LossKind.LOST, 95_000, 150_000), report(LossKind.LOST, 200_000, 300_000)), LOSS))
                .isEmpty();
    }

    @Test
    void findsALossThatWasNotReported() {
        assertThat(check(List.of(), LOSS)).containsExactly(Kind.SILENT);
    }

    @Test
    void acceptsALossThatNeedNotBeReported() {
        assertThat(check(List.of(), loss(100_000, 200_000, false, LossKind.LOST)))
                .isEmpty();
    }

    @Test
    void findsAReportThatNoLossFits() {
        assertThat(check(List.of(report(LossKind.LOST, 100_000, 200_000)))).containsExactly(Kind.FALSE_REPORT);
    }

    @Test
    void findsAReportThatBeginsAfterTheLoss() {
        assertThat(check(List.of(report(LossKind.LOST, 200_001, 300_000)), LOSS))
                .containsExactly(Kind.FALSE_REPORT, Kind.SILENT);
    }

    @Test
    void findsAReportThatBeginsFarBeforeTheLoss() {
        assertThat(check(List.of(report(LossKind.LOST, 1_000, 150_000)), LOSS)).containsExactly(Kind.FALSE_REPORT);
    }

    @Test
    void findsAReportThatEndsBeforeTheLoss() {
        assertThat(check(List.of(report(LossKind.LOST, 95_000, 99_999)), LOSS)).containsExactly(Kind.SILENT);
    }

    @Test
    void comparesTheKind() {
        assertThat(check(List.of(report(LossKind.UNDONE, 100_000, 200_000)), LOSS))
                .containsExactly(Kind.FALSE_REPORT, Kind.SILENT);
    }

    @Test
    void acceptsEitherKindIfBothCanBeMeant() {
        RealLoss promotion = loss(100_000, 200_000, true, LossKind.LOST, LossKind.UNDONE);
        assertThat(check(List.of(report(LossKind.UNDONE, 100_000, 200_000)), promotion))
                .isEmpty();
    }

    @Test
    void doesNotTakeALaterReportForAnEarlierLoss() {
        RealLoss later = loss(500_000, 600_000, true, LossKind.LOST);
        assertThat(check(List.of(report(LossKind.LOST, 500_000, 600_000)), LOSS, later))
                .containsExactly(Kind.SILENT);
    }

    private static Report report(LossKind kind, long from, long to) {
        return new Report(kind, from, to, "the slot is gone");
    }

    private static RealLoss loss(long from, long to, boolean certain, LossKind... kinds) {
        return new RealLoss(Set.of(kinds), from, to, certain, "slot dropped");
    }

    private static List<Kind> check(List<Report> reports, RealLoss... losses) {
        return Checker.check(List.of(), new Committed(List.of(), Map.of()), Allowances.none(), reports, List.of(losses))
                .problems()
                .stream()
                .map(Problem::kind)
                .toList();
    }
}
