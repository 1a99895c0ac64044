// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import dev.tributary.postgres.Bytes;
import dev.tributary.postgres.SlotHealth;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says once that many transactions are decoded by way of the disk, and which option avoids that.
 *
 * <p>A gigabyte within an hour is 16 times Postgres's default memory: more than the odd large transaction, as a nightly
 * job makes one, and enough for the disk and the delay to be noticed.
 */
final class SpillHint {

    private static final long MUCH = 1L << 30;
    private static final Duration WITHIN = Duration.ofHours(1);

    private final String slot;
    private @Nullable Observation first;
    private boolean isGiven;

    private record Observation(long nanos, long transactions, long bytes) {}

    SpillHint(String slot) {
        this.slot = slot;
    }

    /**
     * Takes what the server has counted; returns the hint if it is to be given.
     *
     * @param nanos when, on the clock of {@link System#nanoTime()}
     */
    Optional<String> observe(long nanos, SlotHealth.Load load) {
        Observation now = new Observation(nanos, load.spilledTransactions(), load.spilledBytes());
        Observation since = first;
        // The counters begin anew after a crash, and if somebody resets them.
        if (since == null || now.bytes() < since.bytes() || now.nanos() - since.nanos() > WITHIN.toNanos()) {
            first = now;
            return Optional.empty();
        }
        if (isGiven || now.bytes() - since.bytes() < MUCH) {
            return Optional.empty();
        }
        isGiven = true;
        return Optional.of("Slot " + slot + ": the server has decoded " + (now.transactions() - since.transactions())
                + " transactions by way of its disk, " + Bytes.text(now.bytes() - since.bytes())
                + " within an hour, because they were larger than logical_decoding_work_mem. That delays them. If the"
                + " server has the memory, set slot.decoding.work.mem.mb to more than the server's setting, for"
                + " example to 256");
    }
}
