// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.report;

import dev.tributary.benchmarks.jmh.TransformTask.Doer;
import dev.tributary.benchmarks.transforms.TransformsResult;
import dev.tributary.benchmarks.transforms.TransformsResult.Cost;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reports the cost of transforms. */
public final class TransformsReport {

    private final TransformsResult result;

    public TransformsReport(TransformsResult result) {
        this.result = result;
    }

    /** Each of Tributary's transforms, compared with Debezium's. */
    public Table table() {
        List<String> head = List.of(
                "transform", "result", "ns", "Debezium ns", "times as fast", "bytes", "Debezium bytes", "ratio");
        return new Table(head, ours().stream().map(this::row).toList());
    }

    private List<String> row(Cost ours) {
        Optional<Cost> theirs = debeziums(ours);
        return List.of(
                ours.transform(),
                ours.result(),
                number(ours.nanos()),
                theirs.map(cost -> number(cost.nanos())).orElse("–"),
                theirs.map(cost -> ratio(cost.nanos() / ours.nanos())).orElse("–"),
                number(ours.bytes()),
                theirs.map(cost -> number(cost.bytes())).orElse("–"),
                theirs.map(cost -> ratio(ours.bytes() / cost.bytes())).orElse("–"));
    }

    /** The targets of Tributary that this run can check. */
    public List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (Cost ours : ours()) {
            debeziums(ours).ifPresent(theirs -> {
                String what = ours.transform() + ", " + ours.result();
                targets.add(new Target(
                        what + ": times as fast as " + theirs.transform(),
                        Target.Bound.AT_LEAST,
                        3,
                        theirs.nanos() / ours.nanos(),
                        ""));
                targets.add(new Target(
                        what + ": allocation relative to " + theirs.transform(),
                        Target.Bound.AT_MOST,
                        33.3,
                        100 * ours.bytes() / theirs.bytes(),
                        "%"));
            });
        }
        return targets;
    }

    private List<Cost> ours() {
        return result.costs().stream()
                .filter(cost -> cost.doer().equals(Doer.TRIBUTARY.name()))
                .toList();
    }

    private Optional<Cost> debeziums(Cost ours) {
        return result.costs().stream()
                .filter(cost -> cost.doer().equals(Doer.DEBEZIUM.name()))
                .filter(cost -> cost.task().equals(ours.task()))
                .findFirst();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String ratio(double value) {
        return String.format(Locale.ROOT, "%.2f", value);
    }
}
