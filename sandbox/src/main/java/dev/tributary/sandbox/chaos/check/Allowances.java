// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Change;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a run may do without breaking a promise. Without any, each change arrives exactly once and in order. All ranges
 * of LSNs include both ends, and are compared with {@link Change#lsn()}.
 */
public final class Allowances {

    /** What is allowed for a change. */
    enum Effect {
        /** It may be missing for good. */
        LOST,
        /** It may be missing if a later change or a row of a snapshot shows what became of the row. */
        READ,
        /** If it is a delete, it may be missing for good. */
        DELETE_LOST,
        /** It may arrive again, and what follows it after that. */
        REPEATED,
        /** It may arrive again while what follows it does not: a late record of a worker that was stopped. */
        STRAY,
        /** It may arrive before those that precede it, and is sent again after them. */
        SENT_AHEAD,
        /** A snapshot may show it before the stream sends it. */
        READ_AHEAD;

        private boolean letsMiss() {
            return this == LOST || this == READ || this == DELETE_LOST;
        }
    }

    private record Range(Effect effect, @Nullable String relation, long from, long to, String reason) {

        boolean covers(Change change) {
            return from <= change.lsn()
                    && change.lsn() <= to
                    && (relation == null || relation.equals(change.relation()));
        }
    }

    private final List<Range> ranges;
    private final List<Change> vanished;

    private Allowances(Builder builder) {
        this.ranges = List.copyOf(builder.ranges);
        this.vanished = List.copyOf(builder.vanished);
    }

    /** Nothing is allowed. */
    public static Allowances none() {
        return builder().build();
    }

    public static Builder builder() {
        return new Builder();
    }

    Set<Effect> of(Change change) {
        Set<Effect> effects = EnumSet.noneOf(Effect.class);
        for (Range range : ranges) {
            if (range.covers(change)) {
                effects.add(range.effect());
            }
        }
        return effects;
    }

    /** Whether a change may arrive again. */
    boolean mayRepeat(Change change) {
        return ranges.stream().anyMatch(range -> range.effect() == Effect.REPEATED && range.covers(change));
    }

    /** Why a change may be missing; empty if it must not. */
    String reasons(Change change) {
        return ranges.stream()
                .filter(range -> range.covers(change) && range.effect().letsMiss())
                .map(Range::reason)
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** Whether a change that is not a delete may be missing. */
    boolean mayBeMissing(Change change) {
        return ranges.stream()
                .anyMatch(range ->
                        (range.effect() == Effect.LOST || range.effect() == Effect.READ) && range.covers(change));
    }

    /** The changes of timelines that no longer exist. */
    List<Change> vanished() {
        return vanished;
    }

    /** Collects what is allowed. A null relation means all tables. A reason appears in the history of a problem. */
    public static final class Builder {

        private final List<Range> ranges = new ArrayList<>();
        private final List<Change> vanished = new ArrayList<>();

        private Builder() {}

        /** At-least-once: any change may arrive again, if all that follow it do so as well. */
        public Builder repeats() {
            return range(Effect.REPEATED, null, Long.MIN_VALUE, Long.MAX_VALUE, "");
        }

        /** The changes of a range may arrive again, for example after a switch from Debezium, also in exactly-once. */
        public Builder repeats(long fromLsn, long toLsn, String reason) {
            return range(Effect.REPEATED, null, fromLsn, toLsn, reason);
        }

        /**
         * The changes of a range may arrive again at any time, without those that follow them: a worker that was
         * stopped sends what it had, while another one has taken over.
         */
        public Builder strays(long fromLsn, long toLsn, String reason) {
            return range(Effect.STRAY, null, fromLsn, toLsn, reason);
        }

        /**
         * The changes of a range may also arrive before those that precede them: a topic refused one of these, and
         * Connect had not noticed it yet.
         */
        public Builder sendsAhead(String relation, long fromLsn, long toLsn, String reason) {
            return range(Effect.SENT_AHEAD, relation, fromLsn, toLsn, reason);
        }

        /** The changes of a range may be missing for good: a loss that was reported, or changes that have no event. */
        public Builder lost(@Nullable String relation, long fromLsn, long toLsn, String reason) {
            return range(Effect.LOST, relation, fromLsn, toLsn, reason);
        }

        /**
         * A snapshot or a backfill read the table after a range: its changes may be missing, but each row that was not
         * deleted in it must arrive in its last version, or in a later one.
         */
        public Builder read(@Nullable String relation, long fromLsn, long toLsn, String reason) {
            return range(Effect.READ, relation, fromLsn, toLsn, reason);
        }

        /**
         * The deletes of a range may be missing for good: a snapshot that started over does not know which rows were
         * sent before and deleted since.
         */
        public Builder deletesLost(@Nullable String relation, long fromLsn, long toLsn, String reason) {
            return range(Effect.DELETE_LOST, relation, fromLsn, toLsn, reason);
        }

        /**
         * A blocking snapshot by a signal reads what was committed in a range before the stream sends it. Rows of an
         * incremental one never do.
         */
        public Builder readsAhead(@Nullable String relation, long fromLsn, long toLsn, String reason) {
            return range(Effect.READ_AHEAD, relation, fromLsn, toLsn, reason);
        }

        /**
         * Changes that a promoted standby never had. Their records may have arrived if a {@link Report} of
         * {@link LossKind#UNDONE} covers them.
         */
        public Builder vanished(List<Change> changes) {
            vanished.addAll(changes);
            return this;
        }

        public Allowances build() {
            return new Allowances(this);
        }

        private Builder range(Effect effect, @Nullable String relation, long from, long to, String reason) {
            ranges.add(new Range(effect, relation, from, to, reason));
            return this;
        }
    }
}
