// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.Allowances.Effect;
import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.Change;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Compares the records of a table without a key with its changes. They have no order, because a topic has several
 * partitions. Its replica identity must be FULL, so that deletes have tags.
 */
final class KeylessCheck {

    private record Read(Change change, long lsn) {}

    private final TableFacts facts;
    private final Map<String, Change> rows = new HashMap<>();
    private final Map<String, Change> deletes = new HashMap<>();
    private final Map<Change, Integer> streamed = new HashMap<>();
    private final Set<Change> read = new HashSet<>();
    private final Set<Read> reads = new HashSet<>();
    private final Set<String> vanished = new HashSet<>();

    KeylessCheck(TableFacts facts, List<Change> changes) {
        this.facts = facts;
        changes.forEach(change -> (change.op() == Change.DELETE ? deletes : rows).put(change.tag(), change));
    }

    /** @param atEnd the tags of the rows at the end */
    void run(List<Arrival> arrivals, Set<String> atEnd) {
        facts.verdict().compared(arrivals.size());
        for (Arrival arrival : arrivals) {
            if (arrival.op() != Arrival.TOMBSTONE) {
                arrived(arrival);
            }
        }
        vanished.forEach(row -> excuse(Uncompared.VANISHED));
        rows.values().forEach(change -> check(change, atEnd.contains(change.tag())));
        deletes.values().forEach(change -> check(change, false));
        for (String tag : atEnd) {
            if (!rows.containsKey(tag)) {
                problem(
                        Kind.WRONG_STATE,
                        "the table has a row that no recorded change wrote, so the run itself is wrong",
                        tag);
            }
        }
    }

    private void arrived(Arrival arrival) {
        Change committed = committed(arrival);
        Change change = committed == null ? vanished(arrival) : committed;
        if (change == null) {
            Kind kind = arrival.op() == Arrival.UNREADABLE ? Kind.WRONG_CONTENT : Kind.NOT_COMMITTED;
            problem(kind, "a record of no committed change", KeyText.arrived(arrival));
            return;
        }
        if (committed == null) {
            if (!facts.vanished().isReported(change)) {
                String what = "a change of a timeline that no longer exists arrived, and this was not reported";
                problem(Kind.SILENT, what, KeyText.arrived(arrival));
                return;
            }
            vanished.add(change.tag());
        }
        String wrong = facts.wrongContent(arrival, change);
        if (wrong != null) {
            problem(Kind.WRONG_CONTENT, wrong, KeyText.arrived(arrival));
        }
        if (arrival.op() == Arrival.READ) {
            read.add(change);
            if (facts.isOnce(arrival, change) && !reads.add(new Read(change, arrival.lsn()))) {
                problem(Kind.REPEATED, "a row of a snapshot arrived again", KeyText.arrived(arrival));
            }
        } else if (streamed.merge(change, 1, Integer::sum) > 1 && !onSeveralTimelines(change)) {
            Set<Effect> effects = facts.allowances().of(change);
            if (!effects.contains(Effect.REPEATED) && !effects.contains(Effect.STRAY)) {
                problem(Kind.REPEATED, "a change arrived again", KeyText.arrived(arrival));
            }
        }
    }

    /** The same version of a row can be deleted on several timelines. */
    private boolean onSeveralTimelines(Change change) {
        return change.op() == Change.DELETE && facts.vanished().delete(change.tag()) != null;
    }

    private @Nullable Change committed(Arrival arrival) {
        String tag = arrival.tag();
        return tag == null ? null : (arrival.op() == Arrival.DELETE ? deletes : rows).get(tag);
    }

    private @Nullable Change vanished(Arrival arrival) {
        String tag = arrival.tag();
        if (tag == null) {
            return null;
        }
        Change change = arrival.op() == Arrival.DELETE
                ? facts.vanished().delete(tag)
                : facts.vanished().row(tag);
        return change == null || !change.relation().equals(facts.relation()) ? null : change;
    }

    private void check(Change change, boolean atEnd) {
        if (streamed.containsKey(change)) {
            return;
        }
        Set<Effect> effects = facts.allowances().of(change);
        if (effects.contains(Effect.LOST)) {
            excuse(Uncompared.LOST);
        } else if (effects.contains(Effect.DELETE_LOST) && change.op() == Change.DELETE) {
            excuse(Uncompared.DELETE_LOST);
        } else if (!effects.contains(Effect.READ) || (atEnd && !read.contains(change))) {
            String text = "seq %d %s %s %s"
                    .formatted(change.seq(), change.op(), KeyText.brief(change.tag()), Lsns.text(change.lsn()));
            problem(Kind.LOST, "a change has no record", text);
        }
    }

    private void excuse(Uncompared reason) {
        facts.verdict().excuse(reason, facts.relation());
    }

    private void problem(Kind kind, String what, String where) {
        facts.verdict().add(kind, facts.relation(), null, () -> facts.relation() + ": " + what + "\n    > " + where);
    }
}
