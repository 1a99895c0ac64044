// SPDX-License-Identifier: Apache-2.0
package dev.tributary.handover;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.header.Header;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.TransactionContext;

/**
 * Decides after which records of a group Connect commits. That is after the last one; and if sending takes long, after
 * the next unit. If a single unit takes that long, it is divided or the task fails, as configured.
 *
 * <p>Commits are requested by record, not by batch: Connect also looks at the request for a batch when it pauses or
 * stops the task in the middle of one.
 */
final class GroupCommits {

    /** The time is looked up for one in so many records. */
    private static final int LOOK_EVERY = 128;

    private final TransactionContext context;
    private final Grouping grouping;
    private final LongSupplier nanoTime;
    private boolean sending;
    private long sinceNanos;
    private long elapsedNanos;

    /** Whether the next record is the first one of a unit. */
    private boolean unitBegins = true;

    /** Which part of its transaction the current unit is, and whether this has divided it. */
    private int part = 1;

    private boolean divided;

    GroupCommits(TransactionContext context, Grouping grouping, LongSupplier nanoTime) {
        this.context = context;
        this.grouping = grouping;
        this.nanoTime = nanoTime;
    }

    /** Connect takes a record; it has sent those before it. */
    void taken(Group group, int index, SourceRecord record) {
        if (!sending) {
            sending = true;
            sinceNanos = nanoTime.getAsLong();
            elapsedNanos = 0;
        } else if (index % LOOK_EVERY == 0 || isSlow()) {
            elapsedNanos = nanoTime.getAsLong() - sinceNanos;
        }
        if (unitBegins) {
            unitBegins = false;
            part = partOf(record);
            divided = false;
        }
        if (divided) {
            TransactionPart.mark(record, part);
        }
        if (index == group.size() - 1) {
            context.commitTransaction(record);
        } else if (group.endsUnit(index)) {
            unitBegins = true;
            if (isSlow()) {
                commitAfter(record);
            }
        } else if (isTooSlow() && !group.joinsNext(index)) {
            divide(group, index, record);
        }
    }

    private void divide(Group group, int index, SourceRecord record) {
        if (!group.isOfRows(index)) {
            RuntimeException failure =
                    part > 1 ? null : grouping.oversize().tooSlow(record, Duration.ofNanos(elapsedNanos));
            if (failure != null) {
                throw failure;
            }
            part++;
            divided = true;
        }
        commitAfter(record);
    }

    private void commitAfter(SourceRecord record) {
        context.commitTransaction(record);
        sending = false;
    }

    private static int partOf(SourceRecord record) {
        Header header = record.headers().lastWithName(TransactionPart.HEADER);
        return header != null && header.value() instanceof Integer part ? part : 1;
    }

    /** Half of the time is over: the next unit ends the transaction. */
    private boolean isSlow() {
        return elapsedNanos > grouping.sending().toNanos() / 2;
    }

    private boolean isTooSlow() {
        return elapsedNanos > grouping.sending().toNanos();
    }
}
