// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.Change;
import dev.tributary.sandbox.chaos.log.KafkaTransaction;
import dev.tributary.sandbox.chaos.log.TransactionLog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks that the records of a transaction of the database are in one transaction of Kafka. Then a consumer of
 * committed records can never read a part of it whose other part is not committed as well. That each change has a
 * record is checked elsewhere.
 *
 * <p>Which transaction of Kafka wrote a record comes from the log; which one of the database made its change, from what
 * the triggers wrote, by the tag of the row. A record without a tag (a tombstone, a TRUNCATE, most deletes) is taken at
 * the transaction id that it has itself, which is compared with the truth wherever there is a tag.
 *
 * <p>Rows of snapshots belong to no transaction. Records that are marked as a later part of an oversized transaction
 * may be in other transactions of Kafka than those of the first part, which have no mark.
 */
final class WholeTransactionCheck {

    /** The transaction ids of records have 32 bits. */
    private static final long ID = 0xFFFF_FFFFL;

    private final Allowances allowances;
    private final TransactionLog log;
    private final Verdict.Builder verdict;
    private final Map<String, Change> rows = new HashMap<>();
    private final Map<String, Change> deletes = new HashMap<>();
    /** Versions of rows that two transactions deleted, on two timelines, or with a partition that came back. */
    private final Set<String> deletedTwice = new HashSet<>();

    private final Set<Long> vanishedIds = new HashSet<>();
    private final Set<Long> unsureIds = new HashSet<>();
    /** Those of another connector, which may be torn. */
    private final Set<Long> exempt = new HashSet<>();

    private final Map<Source, Seen> sources = new HashMap<>();
    private final Set<KafkaTransaction> kafka = new HashSet<>();
    private long unsure;

    /** A transaction of the database. After a promotion, another one can have the same id. */
    private record Source(long id, boolean vanished) {}

    /** What was seen of a transaction of the database. */
    private static final class Seen {
        private @Nullable First first;
        private boolean inParts;
        private boolean torn;
    }

    /** A record without a mark, and the transaction of Kafka that wrote it. */
    private record First(Arrival arrival, KafkaTransaction transaction) {}

    WholeTransactionCheck(Committed committed, Allowances allowances, TransactionLog log, Verdict.Builder verdict) {
        this.allowances = allowances;
        this.log = log;
        this.verdict = verdict;
        for (Change change : allowances.vanished()) {
            remember(change);
            vanishedIds.add(change.xid() & ID);
        }
        for (Change change : committed.changes()) {
            remember(change);
            long id = change.xid() & ID;
            if (vanishedIds.contains(id)) {
                unsureIds.add(id);
            }
            if (allowances.mayRepeat(change)) {
                exempt.add(id);
            }
        }
    }

    private void remember(Change change) {
        if (change.op() != Change.DELETE) {
            rows.putIfAbsent(change.tag(), change);
        } else if (deletes.putIfAbsent(change.tag(), change) != null) {
            deletedTwice.add(change.tag());
        }
    }

    /**
     * Checks all records.
     *
     * @param balanced see {@link Wholeness#balanced()}
     */
    Wholeness run(List<Arrival> arrivals, long balanced) {
        Set<Change> vanished = new HashSet<>(allowances.vanished());
        for (Arrival arrival : arrivals) {
            if (arrival.op() == Arrival.READ || arrival.op() == Arrival.UNREADABLE) {
                continue;
            }
            Optional<KafkaTransaction> transaction = log.of(arrival.topic(), arrival.partition(), arrival.offset());
            if (transaction.isEmpty()) {
                problem(arrival, "a record is in no transaction of Kafka");
                continue;
            }
            kafka.add(transaction.get());
            Change change = change(arrival);
            if (change != null && (change.xid() & ID) != arrival.txId()) {
                problem(
                        arrival,
                        "a record has the transaction id " + arrival.txId() + ", its change is of " + change.xid());
            } else if (change != null) {
                add(new Source(arrival.txId(), vanished.contains(change)), arrival, transaction.get());
            } else if (unsureIds.contains(arrival.txId())) {
                unsure++;
            } else if (arrival.txId() != 0) {
                add(new Source(arrival.txId(), vanishedIds.contains(arrival.txId())), arrival, transaction.get());
            }
        }
        long parts = sources.values().stream().filter(seen -> seen.inParts).count();
        return new Wholeness(sources.size(), kafka.size(), parts, unsure, balanced);
    }

    /** The change of a record with a tag; null without one, or if there is no such change. */
    private @Nullable Change change(Arrival arrival) {
        String tag = arrival.tag();
        if (tag == null) {
            return null;
        }
        if (arrival.op() != Arrival.DELETE) {
            return rows.get(tag);
        }
        return deletedTwice.contains(tag) ? null : deletes.get(tag);
    }

    private void add(Source source, Arrival arrival, KafkaTransaction transaction) {
        Seen seen = sources.computeIfAbsent(source, same -> new Seen());
        if (arrival.part() > 1) {
            seen.inParts = true;
            return;
        }
        First first = seen.first;
        if (first == null) {
            seen.first = new First(arrival, transaction);
        } else if (!first.transaction().equals(transaction) && !seen.torn && !exempt.contains(source.id())) {
            seen.torn = true;
            problem(
                    arrival,
                    "transaction " + source.id() + " is torn: this record is in " + transaction + ", another one in "
                            + first.transaction() + ", " + KeyText.arrived(first.arrival()));
        }
    }

    private void problem(Arrival arrival, String what) {
        verdict.add(
                Kind.TORN,
                arrival.relation(),
                arrival.key(),
                () -> arrival.relation() + " " + arrival.key() + ": " + what + "\n  > " + KeyText.arrived(arrival));
    }
}
