// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Change;
import dev.tributary.sandbox.chaos.load.LoadTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares all records of a run with what was committed. Needs about 600 bytes of memory for each record and change
 * together.
 */
public final class Checker {

    /** An insert gets its seq before it waits for the deletion of the same key, so the seq alone is not enough. */
    private static final Comparator<Change> COMMIT_ORDER =
            Comparator.comparingLong(Change::lsn).thenComparingLong(Change::seq);

    private final Committed committed;
    private final Allowances allowances;
    private final Vanished vanished;
    private final Verdict.Builder verdict = new Verdict.Builder();

    private Checker(Committed committed, Allowances allowances, List<Report> reports) {
        this.committed = committed;
        this.allowances = allowances;
        this.vanished = new Vanished(allowances.vanished(), reports);
    }

    /**
     * Compares.
     *
     * @param arrivals all records of all topics, in the order of each partition
     * @param reports the losses that the connector reported
     * @param losses the losses that faults caused
     */
    public static Verdict check(
            List<Arrival> arrivals,
            Committed committed,
            Allowances allowances,
            List<Report> reports,
            List<RealLoss> losses) {
        return check(arrivals, committed, allowances, reports, losses, Optional.empty());
    }

    /**
     * Compares, and checks that transactions are whole.
     *
     * @param transactions what that needs; empty if it is not promised
     */
    public static Verdict check(
            List<Arrival> arrivals,
            Committed committed,
            Allowances allowances,
            List<Report> reports,
            List<RealLoss> losses,
            Optional<Transactions> transactions) {
        Checker checker = new Checker(committed, allowances, reports);
        checker.tables(arrivals);
        LossReports.check(reports, losses, checker.verdict);
        transactions.ifPresent(given -> checker.whole(arrivals, given));
        return checker.verdict.build();
    }

    private void whole(List<Arrival> arrivals, Transactions transactions) {
        long balanced = new BankCheck(committed, transactions, verdict).run(arrivals);
        verdict.checkedWhole(
                new WholeTransactionCheck(committed, allowances, transactions.log(), verdict).run(arrivals, balanced));
    }

    private void tables(List<Arrival> arrivals) {
        Map<String, List<Arrival>> arrived = new LinkedHashMap<>();
        arrivals.forEach(arrival -> list(arrived, arrival.relation()).add(arrival));
        Map<String, List<Change>> changed = new LinkedHashMap<>();
        committed.changes().forEach(change -> list(changed, change.relation()).add(change));
        Set<String> relations = new LinkedHashSet<>(changed.keySet());
        relations.addAll(arrived.keySet());
        relations.addAll(committed.rows().keySet());
        for (String relation : relations) {
            table(relation, arrived.getOrDefault(relation, List.of()), changed.getOrDefault(relation, List.of()));
        }
    }

    private void table(String relation, List<Arrival> arrivals, List<Change> changes) {
        List<Change> inOrder = changes.stream().sorted(COMMIT_ORDER).toList();
        List<Change> toRows = inOrder.stream()
                .filter(change -> change.op() != Change.TRUNCATE)
                .toList();
        List<Arrival> ofRows = arrivals.stream()
                .filter(arrival -> arrival.op() != Arrival.TRUNCATE)
                .toList();
        TableFacts facts =
                new TableFacts(relation, allowances, vanished, new LargeValues(ofRows, toRows, allowances), verdict);
        new TruncateCheck(facts, inOrder).run(arrivals);
        Map<String, String> rows = committed.rows(relation);
        if (LoadTable.named(relation).filter(LoadTable::hasKey).isPresent()) {
            Optional<Change> lastTruncate = inOrder.stream()
                    .filter(change -> change.op() == Change.TRUNCATE)
                    .reduce((first, second) -> second);
            keys(facts, ofRows, toRows, rows, lastTruncate);
        } else {
            new KeylessCheck(facts, toRows).run(ofRows, rows.keySet());
        }
    }

    private void keys(
            TableFacts facts,
            List<Arrival> arrivals,
            List<Change> changes,
            Map<String, String> rows,
            Optional<Change> lastTruncate) {
        Map<String, List<Change>> changed = new HashMap<>();
        changes.forEach(change -> list(changed, key(change.key())).add(change));
        Map<String, List<Arrival>> arrived = new HashMap<>();
        arrivals.forEach(arrival -> list(arrived, key(arrival.key())).add(arrival));
        Set<String> keys = new LinkedHashSet<>();
        changes.forEach(change -> keys.add(key(change.key())));
        keys.addAll(arrived.keySet());
        keys.addAll(rows.keySet());
        for (String key : keys) {
            List<Change> ofKey = changed.getOrDefault(key, List.of());
            History history = new History(ofKey, isTruncated(ofKey, lastTruncate), allowances);
            List<Arrival> ordered = TopicOrder.of(arrived.getOrDefault(key, List.of()));
            new KeyCheck(facts, key, history, ordered).run(rows.get(key));
        }
    }

    /** Whether a TRUNCATE is the last that happened to a key. It may be in the transaction of the last change. */
    private static boolean isTruncated(List<Change> ofKey, Optional<Change> lastTruncate) {
        return !ofKey.isEmpty()
                && lastTruncate
                        .filter(truncate -> COMMIT_ORDER.compare(truncate, ofKey.get(ofKey.size() - 1)) > 0)
                        .isPresent();
    }

    private static String key(@Nullable String key) {
        return key == null ? "" : key;
    }

    private static <T> List<T> list(Map<String, List<T>> lists, String name) {
        return lists.computeIfAbsent(name, same -> new ArrayList<>());
    }
}
