// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.arena;

import dev.tributary.sandbox.chaos.load.Change;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the faults of a run did to the changes, what the connector said about it, and what may therefore be missing. The
 * checker takes it as it is at the end.
 */
public final class Ledger {

    /** The position after every other. */
    public static final long END = Long.MAX_VALUE;

    private static final Duration REREADING = Duration.ofSeconds(100);

    private static final long AFTERMATH_NANOS = Duration.ofSeconds(150).toNanos();

    /** What stands for all relations. */
    public static final String ALL = "*";

    /**
     * Changes that the topics need not have.
     *
     * @param relation the relation, or {@link #ALL}
     * @param from the position in the WAL after which they are
     * @param to the last position
     * @param kind how they are made good
     * @param why what excuses it
     */
    public record Excuse(String relation, long from, long to, Kind kind, String why) {

        /** How changes that are missing are made good. */
        public enum Kind {
            /** By nothing. */
            LOST,
            /** By rows of a backfill, so that each row is there in its last version. */
            BACKFILL,
            /** As by a backfill, by reading the whole table again; if it is not read, by nothing. */
            REREAD,
            /** As by a backfill, by a new snapshot: what is after its point is not excused. */
            SNAPSHOT,
            /** They are not missing, but may arrive again, also with exactly-once. */
            REPEATED,
            /** Neither: a worker that was cut off sends late what it had, without what follows. */
            STRAY,
            /** They are not missing, but rows of a snapshot may be ahead of them. */
            READ_AHEAD,
            /** They are not missing, but may arrive without those before them first. */
            SENT_AHEAD
        }

        /** The same from another position. */
        public Excuse from(long other) {
            return new Excuse(relation, other, to, kind, why);
        }
    }

    /**
     * A loss that a fault made, and the connector must report.
     *
     * @param why the fault
     * @param from the position after which changes may be lost, or no longer exist
     * @param to the last such position
     * @param certain whether it must be reported
     */
    public record Loss(String why, long from, long to, boolean certain) {}

    /**
     * What the connector reported.
     *
     * @param kind what it says
     * @param from the position after which changes are lost, or no longer exist
     * @param to the position up to which they are
     */
    public record Reported(String kind, long from, long to) {}

    private final List<Excuse> excuses = new CopyOnWriteArrayList<>();
    private final List<Loss> losses = new CopyOnWriteArrayList<>();
    private final List<Reported> reports = new CopyOnWriteArrayList<>();
    private final List<Change> undone = new CopyOnWriteArrayList<>();
    private final List<Excuse> ahead = new CopyOnWriteArrayList<>();
    private final List<Pattern> expected = new CopyOnWriteArrayList<>();
    private final List<Pattern> late = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private volatile long troubleUntil = System.nanoTime();

    /** When a table that has to be read again was there again; null if none was away. */
    private volatile @Nullable Long rereadNanos;

    /** Changes of a relation will never arrive. */
    public void lost(String relation, long from, long to, String why) {
        excuses.add(new Excuse(relation, from, to, Excuse.Kind.LOST, why));
    }

    /** Changes of a relation do not arrive, and the rows are read afterwards. */
    public void backfilled(String relation, long from, long to, String why) {
        excuses.add(new Excuse(relation, from, to, Excuse.Kind.BACKFILL, why));
    }

    /** Changes of a relation do not arrive, and all of its rows are read afterwards. */
    public void reread(String relation, long from, long to, String why) {
        excuses.add(new Excuse(relation, from, to, Excuse.Kind.REREAD, why));
        rereadNanos = System.nanoTime();
    }

    /** How long it may still take until all tables have been read again: the connector looks once a minute. */
    public Duration untilReread() {
        Long since = rereadNanos;
        return since == null ? Duration.ZERO : REREADING.minusNanos(System.nanoTime() - since);
    }

    /** Changes may arrive again, also with exactly-once. */
    public void repeated(long from, long to, String why) {
        excuses.add(new Excuse(ALL, from, to, Excuse.Kind.REPEATED, why));
    }

    /** Changes may arrive late, from a worker whose task another one has taken over. */
    public void stray(long from, long to, String why) {
        excuses.add(new Excuse(ALL, from, to, Excuse.Kind.STRAY, why));
    }

    /** A new snapshot begins: it covers all changes after a position, up to its own. */
    public void newSnapshot(long from, String why) {
        excuses.add(new Excuse(ALL, from, END, Excuse.Kind.SNAPSHOT, why));
    }

    /** Whether a new snapshot has begun, and is not known to be complete. */
    boolean awaitsSnapshot() {
        return excuses.stream().anyMatch(Ledger::isUnfinished);
    }

    /** The snapshot is complete at this position. */
    void snapshotComplete(long position) {
        excuses.replaceAll(excuse -> isUnfinished(excuse)
                ? new Excuse(excuse.relation, excuse.from, position, excuse.kind, excuse.why)
                : excuse);
    }

    private static boolean isUnfinished(Excuse excuse) {
        return excuse.kind == Excuse.Kind.SNAPSHOT && excuse.to == END;
    }

    /**
     * A loss that must be reported, until the end of this step. If no position was stored, the connector begins anew
     * and loses nothing, unless it stores one meanwhile.
     *
     * @param from the stored position of the connector before the fault; 0 if there is none
     */
    public void loss(String why, long from) {
        losses.add(new Loss(why, from, END, from > 0));
    }

    /** A loss that need not be reported: the connector may not have read that far. */
    public void possibleLoss(String why, long from) {
        losses.add(new Loss(why, from, END, false));
    }

    /** What was lost in this step, or was read ahead in it, ends here. */
    public void endOfStep(long position) {
        late.clear();
        losses.replaceAll(loss -> loss.to == END ? new Loss(loss.why, loss.from, position, loss.certain) : loss);
        ahead.replaceAll(
                each -> each.to == END ? new Excuse(each.relation, each.from, position, each.kind, each.why) : each);
        if (troubleUntil == Long.MAX_VALUE) {
            troubleUntil = System.nanoTime() + AFTERMATH_NANOS;
        }
    }

    /**
     * A fault keeps workers and brokers apart: until some time after the end of the step, Connect itself may fail the
     * task, because its producer gives up after two minutes.
     */
    public void troubleWithKafka() {
        troubleUntil = Long.MAX_VALUE;
    }

    boolean hasTroubleWithKafka() {
        return troubleUntil == Long.MAX_VALUE || System.nanoTime() - troubleUntil < 0;
    }

    void report(Diagnosis diagnosis) {
        reports.add(new Reported(diagnosis.kind().name(), diagnosis.from(), diagnosis.to()));
    }

    /** Changes that were committed, and no longer exist since a standby was promoted without them. */
    public void undone(Collection<Change> changes) {
        undone.addAll(changes);
    }

    /** From here on a snapshot of a relation may read its rows before the stream has reached them. */
    public void readAhead(String relation, long from) {
        ahead.add(new Excuse(relation, from, END, Excuse.Kind.READ_AHEAD, "a blocking snapshot reads ahead"));
    }

    /**
     * A topic is about to refuse records of a relation. Those after one that is refused can arrive, until Connect
     * notices it and fails the task; the next one sends all of them again.
     */
    public void sentAhead(String relation, long from) {
        ahead.add(new Excuse(relation, from, END, Excuse.Kind.SENT_AHEAD, "the topic refuses a record"));
    }

    /** A failure of the task that is as it should be, until {@link #noLonger}. */
    public void expect(Pattern failure) {
        expected.add(failure);
    }

    public void noLonger(Pattern failure) {
        if (expected.remove(failure)) {
            late.add(failure);
        }
    }

    /** Whether a failure was as it should be in this step: a task may notice late what is over. */
    boolean isLate(String trace) {
        return late.stream().anyMatch(pattern -> pattern.matcher(trace).find());
    }

    /** Whether a failure is as it should be. */
    boolean isExpected(String trace) {
        return expected.stream().anyMatch(pattern -> pattern.matcher(trace).find());
    }

    /** Something that must not be. */
    public void problem(String text) {
        problems.add(text);
    }

    public List<Excuse> excuses() {
        return List.copyOf(excuses);
    }

    public List<Loss> losses() {
        return List.copyOf(losses);
    }

    public List<Reported> reports() {
        return List.copyOf(reports);
    }

    public List<Change> undone() {
        return List.copyOf(undone);
    }

    /** What may arrive before the changes that precede it. */
    public List<Excuse> ahead() {
        return List.copyOf(ahead);
    }

    public List<String> problems() {
        return new ArrayList<>(problems);
    }
}
