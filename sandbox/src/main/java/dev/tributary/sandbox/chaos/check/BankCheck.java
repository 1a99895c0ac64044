// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.Bank;
import dev.tributary.sandbox.chaos.load.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Applies one transaction of Kafka after the other, as a reader of whole ones does, and compares the sum of all
 * balances after each; if a transaction of the database was committed in parts, after the last one. It begins when the
 * rows of the first snapshot, and the changes that its later part covers, have arrived; it ends where changes may be
 * missing.
 */
final class BankCheck {

    private final Transactions transactions;
    private final Verdict.Builder verdict;
    private final Map<String, Change> rows = new HashMap<>();
    private final Map<String, Long> state = new HashMap<>();
    /** The transactions that were committed in parts, by their ids. */
    private final Map<Long, Parts> inParts = new HashMap<>();

    private long sum;
    private long expected = Bank.SUM;

    BankCheck(Committed committed, Transactions transactions, Verdict.Builder verdict) {
        this.transactions = transactions;
        this.verdict = verdict;
        committed.changes().stream()
                .filter(change -> Bank.has(change.relation()) && change.op() != Change.DELETE)
                .forEach(change -> rows.put(change.tag(), change));
    }

    /** The records of the bank in a transaction that was committed in parts. */
    private static final class Parts {
        private int all;
        private int applied;

        boolean isInTheMiddle() {
            return 0 < applied && applied < all;
        }
    }

    /** Returns after how many transactions it compared the sum. */
    long run(List<Arrival> arrivals) {
        List<List<Arrival>> steps = KafkaOrder.of(arrivals, transactions.log()).orElse(null);
        if (steps == null) {
            verdict.add(Kind.TORN, "", null, () -> "the transactions of Kafka have no order that fits all partitions");
            return 0;
        }
        long point = arrivals.stream()
                .filter(this::isOfFirstSnapshot)
                .mapToLong(Arrival::lsn)
                .max()
                .orElse(0);
        long missing = arrivals.stream()
                .filter(arrival -> isOfBeginning(arrival, point))
                .count();
        noteParts(arrivals);
        long balanced = 0;
        for (List<Arrival> step : steps) {
            List<Arrival> bank = step.stream()
                    .filter(arrival -> Bank.has(arrival.relation()))
                    .toList();
            if (bank.stream().anyMatch(arrival -> position(arrival) >= transactions.bankUntil())) {
                return balanced;
            }
            bank.forEach(this::apply);
            missing -= bank.stream()
                    .filter(arrival -> isOfBeginning(arrival, point))
                    .count();
            if (missing == 0 && !bank.isEmpty() && inParts.values().stream().noneMatch(Parts::isInTheMiddle)) {
                compare(bank);
                balanced++;
            }
        }
        return balanced;
    }

    private void noteParts(List<Arrival> arrivals) {
        arrivals.stream()
                .filter(arrival -> arrival.part() > 1)
                .forEach(arrival -> inParts.computeIfAbsent(arrival.txId(), same -> new Parts()));
        arrivals.stream()
                .filter(arrival -> Bank.has(arrival.relation()))
                .map(this::parts)
                .forEach(parts -> parts.ifPresent(each -> each.all++));
    }

    private Optional<Parts> parts(Arrival arrival) {
        return arrival.op() == Arrival.READ ? Optional.empty() : Optional.ofNullable(inParts.get(arrival.txId()));
    }

    private boolean isOfFirstSnapshot(Arrival arrival) {
        return Bank.has(arrival.relation())
                && arrival.isOfBlockingSnapshot()
                && arrival.lsn() < transactions.bankUntil();
    }

    /** A tombstone has no position, and no balance. */
    private boolean isOfBeginning(Arrival arrival, long point) {
        return isOfFirstSnapshot(arrival)
                || (Bank.has(arrival.relation())
                        && arrival.op() != Arrival.READ
                        && arrival.op() != Arrival.TOMBSTONE
                        && position(arrival) <= point);
    }

    /** The position of the commit, as far as it is known. */
    private long position(Arrival arrival) {
        Change change = arrival.op() == Arrival.READ ? null : row(arrival);
        return change == null ? arrival.lsn() : change.lsn();
    }

    private @Nullable Change row(Arrival arrival) {
        return arrival.tag() == null || !arrival.hasRow() ? null : rows.get(arrival.tag());
    }

    private void apply(Arrival arrival) {
        parts(arrival).ifPresent(parts -> parts.applied++);
        String account = arrival.relation() + " " + arrival.key();
        String tag = arrival.tag();
        if (arrival.hasRow() && tag != null) {
            Long balance = transactions.balances().of(tag);
            if (balance != null) {
                sum += balance;
                Long before = state.put(account, balance);
                sum -= before == null ? 0 : before;
            }
        } else if (arrival.op() == Arrival.DELETE) {
            Long before = state.remove(account);
            sum -= before == null ? 0 : before;
        }
    }

    private void compare(List<Arrival> bank) {
        if (sum != expected) {
            long now = sum;
            long before = expected;
            verdict.add(
                    Kind.TORN,
                    bank.get(0).relation(),
                    bank.get(0).key(),
                    () -> "the sum of the bank, which must be " + Bank.SUM + ", is " + now + " instead of " + before
                            + " after a transaction of Kafka with " + bank.size() + " of its records, the first is "
                            + KeyText.arrived(bank.get(0)));
            // Reported once, not after each of the following ones.
            expected = sum;
        }
    }
}
