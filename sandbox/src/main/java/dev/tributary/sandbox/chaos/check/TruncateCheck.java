// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.Allowances.Effect;
import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Compares the TRUNCATE records of a table with what was committed. Such a record has no key and no tag; it belongs to
 * the first TRUNCATE whose transaction was committed after it. A table can only be truncated by one transaction at a
 * time, so no other can be meant.
 */
final class TruncateCheck {

    /** The TRUNCATEs of the table in one transaction; nearly always it is one. */
    private static final class Transaction {

        final List<Change> committed = new ArrayList<>();
        /** The records by their LSN: a TRUNCATE that arrives again has the same. */
        final TreeMap<Long, List<Arrival>> records = new TreeMap<>();
        /** Whether a record can also be one of a timeline that no longer exists. */
        boolean mayBeVanished;
        /** Whether a record can also be one of such a timeline that no report covers. */
        boolean mayBeUnreported;
    }

    private final TableFacts facts;
    private final List<Change> inOrder;
    private final TreeMap<Long, Transaction> transactions = new TreeMap<>();
    private final TreeMap<Long, Change> vanished = new TreeMap<>();

    /** @param inOrder the changes of the table in commit order */
    TruncateCheck(TableFacts facts, List<Change> inOrder) {
        this.facts = facts;
        this.inOrder = inOrder;
        for (Change change : inOrder) {
            if (change.op() == Change.TRUNCATE) {
                transactions
                        .computeIfAbsent(change.lsn(), lsn -> new Transaction())
                        .committed
                        .add(change);
            }
        }
        facts.vanished().truncates(facts.relation()).forEach(change -> vanished.put(change.lsn(), change));
    }

    void run(List<Arrival> arrivals) {
        for (Arrival arrival : arrivals) {
            if (arrival.op() == Arrival.TRUNCATE) {
                add(arrival);
            }
        }
        transactions.values().forEach(this::compare);
        order(arrivals);
    }

    private void add(Arrival arrival) {
        var committed = transactions.ceilingEntry(arrival.lsn());
        var undone = vanished.ceilingEntry(arrival.lsn());
        boolean reported = undone != null && facts.vanished().isReported(undone.getValue());
        if (committed != null) {
            Transaction transaction = committed.getValue();
            // The list of an LSN has the records in the order of each partition.
            transaction
                    .records
                    .computeIfAbsent(arrival.lsn(), lsn -> new ArrayList<>())
                    .add(arrival);
            transaction.mayBeVanished |= reported;
            transaction.mayBeUnreported |= undone != null && !reported;
        } else if (undone == null) {
            problem(Kind.NOT_COMMITTED, "a TRUNCATE that was not committed", KeyText.arrived(arrival));
        } else if (!reported) {
            problem(Kind.SILENT, "a TRUNCATE was undone, and this was not reported", KeyText.arrived(arrival));
        }
    }

    private void compare(Transaction transaction) {
        long required = transaction.committed.stream()
                .filter(change -> !facts.allowances().mayBeMissing(change))
                .count();
        Change first = transaction.committed.get(0);
        if (transaction.records.size() < required) {
            problem(Kind.LOST, "a TRUNCATE has no record", text(first));
        }
        if (transaction.records.size() > transaction.committed.size() && !transaction.mayBeVanished) {
            problem(
                    transaction.mayBeUnreported ? Kind.SILENT : Kind.NOT_COMMITTED,
                    "more TRUNCATEs than were committed in the transaction",
                    KeyText.arrived(transaction.records.lastEntry().getValue().get(0)));
        }
        boolean mayRepeat = transaction.mayBeVanished
                || facts.allowances().of(first).contains(Effect.REPEATED)
                || facts.allowances().of(first).contains(Effect.STRAY);
        transaction.records.values().stream()
                .filter(records -> records.size() > 1 && !mayRepeat)
                .forEach(
                        records -> problem(Kind.REPEATED, "a TRUNCATE arrived again", KeyText.arrived(records.get(1))));
    }

    private void order(List<Arrival> arrivals) {
        if (transactions.values().stream().allMatch(transaction -> transaction.records.isEmpty())) {
            return;
        }
        PartitionOrder order = new PartitionOrder(facts.allowances(), inOrder, arrivals);
        Map<Change, Integer> ranks = new HashMap<>();
        for (int rank = 0; rank < inOrder.size(); rank++) {
            ranks.put(inOrder.get(rank), rank);
        }
        for (Transaction transaction : transactions.values()) {
            if (transaction.mayBeVanished || transaction.records.size() != transaction.committed.size()) {
                // Which record is of which one is unknown, or there is none.
                continue;
            }
            int index = 0;
            for (List<Arrival> records : transaction.records.values()) {
                Change change = transaction.committed.get(index++);
                order(change, ranks.getOrDefault(change, 0), records, order);
            }
        }
    }

    /**
     * If it arrived in several partitions, it is unknown in which of them first and in which last, so one of them is
     * enough.
     */
    private void order(Change change, int rank, List<Arrival> records, PartitionOrder order) {
        Map<PartitionOrder.Partition, List<Arrival>> partitions = new HashMap<>();
        records.forEach(record -> partitions
                .computeIfAbsent(PartitionOrder.Partition.of(record), same -> new ArrayList<>())
                .add(record));
        @Nullable Arrival late = null;
        @Nullable Arrival early = null;
        int withLate = 0;
        int withEarly = 0;
        for (var partition : partitions.entrySet()) {
            List<Arrival> here = partition.getValue();
            Arrival last = order.lastBefore(partition.getKey(), rank);
            if (last != null && last.offset() > here.get(here.size() - 1).offset()) {
                late = last;
                withLate++;
            }
            Arrival first = order.firstAfter(partition.getKey(), rank);
            if (first != null && first.offset() < here.get(0).offset()) {
                early = first;
                withEarly++;
            }
        }
        if (late != null && withLate == partitions.size() && !facts.allowances().mayBeMissing(change)) {
            misplaced("a change before a TRUNCATE arrived after it", change, records, late);
        }
        if (early != null && withEarly == partitions.size()) {
            misplaced("a change after a TRUNCATE arrived before it", change, records, early);
        }
    }

    private void misplaced(String what, Change change, List<Arrival> records, Arrival other) {
        problem(
                Kind.OUT_OF_ORDER,
                what,
                text(change) + "\n    > " + KeyText.arrived(records.get(0)) + "\n    > " + KeyText.arrived(other));
    }

    private static String text(Change truncate) {
        return "committed before " + Lsns.text(truncate.lsn()) + ", seq " + truncate.seq();
    }

    private void problem(Kind kind, String what, String where) {
        facts.verdict().add(kind, facts.relation(), null, () -> facts.relation() + ": " + what + "\n    > " + where);
    }
}
