// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.Allowances.Effect;
import dev.tributary.sandbox.chaos.check.Problem.Kind;
import dev.tributary.sandbox.chaos.load.Change;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the records of one key with its history. After a problem it continues as if there had been none. */
final class KeyCheck {

    private record Read(String tag, long lsn) {}

    private final TableFacts facts;
    private final String relation;
    private final String key;
    private final History history;
    private final List<Arrival> arrivals;
    private final Positions positions;
    private final Sightings sightings;
    private final Set<String> vanishedSeen = new HashSet<>();
    private final Set<Read> reads = new HashSet<>();
    private boolean good = true;
    private boolean lastMayHaveVanished;

    KeyCheck(TableFacts facts, String key, History history, List<Arrival> arrivals) {
        this.facts = facts;
        this.relation = facts.relation();
        this.key = key;
        this.history = history;
        this.arrivals = arrivals;
        this.positions = new Positions(history);
        this.sightings = new Sightings(history, arrivals);
    }

    /** @param row the tag of the row at the end; null if there is no row */
    void run(@Nullable String row) {
        facts.verdict().compared(arrivals.size());
        samePartition();
        for (int index = 0; index < arrivals.size(); index++) {
            Arrival arrival = arrivals.get(index);
            lastMayHaveVanished = false;
            switch (arrival.op()) {
                case Arrival.CREATE, Arrival.UPDATE, Arrival.READ -> row(index, arrival);
                case Arrival.DELETE -> delete(index, arrival);
                case Arrival.TOMBSTONE -> tombstone(index);
                default -> problem(Kind.WRONG_CONTENT, index, 0, "a record is no change event");
            }
        }
        end(row);
    }

    private void row(int index, Arrival arrival) {
        String tag = arrival.tag();
        int target = tag == null ? 0 : history.ofRow(tag);
        if (tag == null || target == 0) {
            Change vanished = tag == null ? null : facts.vanished().row(tag);
            if (vanished == null || !isOfKey(vanished)) {
                problem(Kind.NOT_COMMITTED, index, 0, "a row that this key never had");
            } else {
                vanished(index, arrival, vanished);
            }
            return;
        }
        content(index, arrival, history.change(target), target);
        if (!moveToRow(arrival, target)) {
            misplaced(index, target);
        } else if (facts.isOnce(arrival, history.change(target)) && !reads.add(new Read(tag, arrival.lsn()))) {
            problem(Kind.REPEATED, index, target, "a row of a snapshot arrived again");
        }
        sightings.passed(target);
    }

    private boolean moveToRow(Arrival arrival, int target) {
        return arrival.op() == Arrival.READ
                ? positions.read(target, arrival.isOfBlockingSnapshot())
                : positions.row(target);
    }

    private void delete(int index, Arrival arrival) {
        String tag = arrival.tag();
        BitSet targets = history.deletes(arrival.lsn());
        List<Change> vanished = facts.vanished().deletes(relation, key);
        if (tag != null) {
            targets = new BitSet();
            targets.set(history.ofDelete(tag));
            targets.clear(0);
            Change sameRow = facts.vanished().delete(tag);
            vanished = sameRow != null && isOfKey(sameRow) ? List.of(sameRow) : List.of();
            if (targets.isEmpty() && !vanished.isEmpty()) {
                vanished(index, arrival, vanished.get(0));
                return;
            }
        }
        boolean mayHaveVanished = vanished.stream().anyMatch(facts.vanished()::isReported);
        if (positions.delete(targets, mayHaveVanished)) {
            lastMayHaveVanished = mayHaveVanished;
        } else if (!vanished.isEmpty()) {
            lastMayHaveVanished = true;
            notReported(index);
        } else if (targets.isEmpty()) {
            problem(Kind.NOT_COMMITTED, index, 0, "a delete that this key never had");
        } else {
            int target = targets.nextSetBit(Math.max(0, positions.last()));
            misplaced(index, target < 0 ? targets.length() - 1 : target);
        }
        if (tag != null && !targets.isEmpty()) {
            int target = targets.nextSetBit(0);
            content(index, arrival, history.change(target), target);
        }
        sightings.passed(positions.last());
    }

    private boolean isOfKey(Change change) {
        return relation.equals(change.relation()) && key.equals(change.key());
    }

    private void tombstone(int index) {
        boolean mayHaveVanished = !facts.vanished().deletes(relation, key).isEmpty();
        if (positions.tombstone(mayHaveVanished)) {
            lastMayHaveVanished = mayHaveVanished;
            sightings.passed(positions.last());
        } else if (history.tombstones().get(positions.last())) {
            problem(Kind.REPEATED, index, positions.last(), "a second tombstone");
        } else {
            problem(Kind.OUT_OF_ORDER, index, positions.last(), "a tombstone that follows no delete");
        }
    }

    private void vanished(int index, Arrival arrival, Change change) {
        lastMayHaveVanished = true;
        if (!facts.vanished().isReported(change)) {
            notReported(index);
            return;
        }
        content(index, arrival, change, 0);
        // The same version of a row can be deleted on several timelines, and be in several snapshots.
        boolean once = arrival.op() == Arrival.CREATE || arrival.op() == Arrival.UPDATE;
        if (once
                && !vanishedSeen.add(change.tag())
                && !facts.allowances().of(change).contains(Effect.REPEATED)) {
            problem(Kind.REPEATED, index, 0, "a change of the timeline that no longer exists arrived again");
        }
    }

    private void notReported(int index) {
        problem(
                Kind.SILENT,
                index,
                0,
                "a change of a timeline that no longer exists arrived, and this was not reported");
    }

    private void content(int index, Arrival arrival, Change change, int position) {
        String wrong = facts.wrongContent(arrival, change);
        if (wrong != null) {
            problem(Kind.WRONG_CONTENT, index, position, wrong);
        }
    }

    /** A record that must not follow what arrived before it. After a jump forward, what follows it is expected. */
    private void misplaced(int index, int target) {
        int last = positions.last();
        if (target <= last) {
            boolean again = sightings.hasPassed(target) && arrivals.get(index).op() != Arrival.READ;
            if (again) {
                problem(Kind.REPEATED, index, target, "a change arrived again");
            } else {
                problem(Kind.OUT_OF_ORDER, index, target, "a change arrived after a later one");
            }
            return;
        }
        // A row of a snapshot does not replace the record of its change.
        int lost = sightings.neverSeen(last, arrivals.get(index).op() == Arrival.READ ? target + 1 : target);
        if (lost > 0) {
            problem(Kind.LOST, index, lost, "a change has no record");
        } else {
            problem(Kind.OUT_OF_ORDER, index, target, "a change arrived before those that precede it");
        }
        positions.restart(target);
    }

    private void end(@Nullable String row) {
        int size = history.size();
        boolean exists = history.hasRow(size) && !history.isTruncated();
        String expected = exists ? history.change(size).tag() : null;
        if (!Objects.equals(expected, row)) {
            problem(
                    Kind.WRONG_STATE,
                    arrivals.size(),
                    size,
                    "the changes that were recorded in the database do not lead to its row, so the run itself is wrong");
        }
        switch (positions.end()) {
            case COMPLETE -> state(row);
            case EXCUSED -> excuse(reason(size));
            case INCOMPLETE -> incomplete(positions.last(), size);
        }
    }

    private void incomplete(int last, int size) {
        int end = arrivals.size();
        int lost = sightings.neverSeen(last, size + 1);
        if (lost > 0) {
            problem(Kind.LOST, end, lost, "a change has no record");
        } else if (history.mayBeMissing(last, size)) {
            problem(Kind.LOST, end, size, "a change may be missing, but no snapshot shows what became of the row");
        } else {
            problem(Kind.OUT_OF_ORDER, end, size, "the records do not end with the last change");
        }
    }

    private void state(@Nullable String row) {
        if (!good) {
            return;
        }
        Arrival last = arrivals.isEmpty() ? null : arrivals.get(arrivals.size() - 1);
        String built = last == null || !last.hasRow() ? null : last.tag();
        if (last == null || Objects.equals(built, row)) {
            return;
        }
        if (lastMayHaveVanished) {
            excuse(Uncompared.VANISHED);
        } else if (history.isTruncated()) {
            excuse(Uncompared.TRUNCATED);
        } else if (isStray(last)) {
            excuse(Uncompared.STRAY);
        } else if (isExcused(built)) {
            excuse(reason(history.size()));
        } else {
            problem(
                    Kind.WRONG_STATE,
                    arrivals.size() - 1,
                    history.size(),
                    "the last record does not show the row as it is");
        }
    }

    /** Why the last change may be missing. */
    private Uncompared reason(int size) {
        if (history.isTruncated()) {
            return Uncompared.TRUNCATED;
        }
        return history.allows(size, Effect.LOST) ? Uncompared.LOST : Uncompared.DELETE_LOST;
    }

    private void excuse(Uncompared reason) {
        facts.verdict().excuse(reason, relation);
    }

    /** A row that was read ahead of the stream, and what followed it may be missing. */
    private boolean isExcused(@Nullable String tag) {
        return tag != null && positions.end(history.ofRow(tag)) == Completeness.EXCUSED;
    }

    private boolean isStray(Arrival arrival) {
        String tag = arrival.tag();
        int position = tag == null ? 0 : arrival.hasRow() ? history.ofRow(tag) : history.ofDelete(tag);
        return position > 0
                ? history.allows(position, Effect.STRAY)
                : history.deletes().stream().anyMatch(delete -> history.allows(delete, Effect.STRAY));
    }

    private void samePartition() {
        for (int index = 1; index < arrivals.size(); index++) {
            Arrival before = arrivals.get(index - 1);
            Arrival arrival = arrivals.get(index);
            if (before.topic().equals(arrival.topic()) && before.partition() != arrival.partition()) {
                problem(Kind.OUT_OF_ORDER, index, 0, "the records of a key are in two partitions");
                return;
            }
        }
    }

    private void problem(Kind kind, int index, int position, String what) {
        good = false;
        facts.verdict()
                .add(
                        kind,
                        relation,
                        key,
                        () -> new KeyText(relation, key, history, arrivals, facts.allowances())
                                .of(what, index, position));
    }
}
