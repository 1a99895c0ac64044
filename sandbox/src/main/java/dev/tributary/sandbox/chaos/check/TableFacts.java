// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Change;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of a table have in common.
 *
 * @param relation the table
 * @param allowances what is allowed
 * @param vanished the changes of timelines that no longer exist
 * @param largeValues the values that its records leave out
 * @param verdict takes what is found
 */
record TableFacts(
        String relation, Allowances allowances, Vanished vanished, LargeValues largeValues, Verdict.Builder verdict) {

    /** What is wrong with the row of a record; null if nothing. */
    @Nullable
    String wrongContent(Arrival arrival, Change change) {
        LargeValue large = arrival.large();
        return switch (arrival.payload()) {
            case DIFFERS -> "the columns of a row do not have its digest";
            case LACKING -> "a row lacks a column or its digest";
            case LEFT_OUT ->
                large != null && !isVanished(change) && largeValues.isWrong(arrival, large, change)
                        ? "a row leaves out a large value, and has another digest with the one before"
                        : otherContent(arrival, change);
            case MATCHES, NONE -> otherContent(arrival, change);
        };
    }

    private static @Nullable String otherContent(Arrival arrival, Change change) {
        if (arrival.digest() != null && !arrival.digest().equals(change.digest())) {
            return "a row has another digest than was committed";
        }
        if (arrival.hasRow() && arrival.seq() != change.seq()) {
            return "a row has another seq than was committed";
        }
        return arrival.op() == Arrival.READ || arrival.op() == change.op() ? null : "the op is not that of the change";
    }

    /** The values before are only known of the final timeline. */
    private boolean isVanished(Change change) {
        return change.equals(vanished.row(change.tag()));
    }

    /**
     * Whether a row of a snapshot must not arrive a second time with the same LSN. A snapshot that is resumed is
     * another one, as of a later LSN. Several snapshots by signals can have the same LSN.
     */
    boolean isOnce(Arrival arrival, Change change) {
        Set<Allowances.Effect> effects = allowances.of(change);
        return arrival.isOfBlockingSnapshot()
                && !effects.contains(Allowances.Effect.REPEATED)
                && !effects.contains(Allowances.Effect.STRAY)
                && !effects.contains(Allowances.Effect.READ_AHEAD);
    }
}
