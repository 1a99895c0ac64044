// SPDX-License-Identifier: Apache-2.0
package dev.tributary.plan;

import dev.tributary.postgres.TableSize;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * How long a snapshot takes as far as the server and the network decide, and the WAL that is written meanwhile. Kafka
 * can be slower, so both are low estimates.
 *
 * @param probe what was measured
 * @param bytesPerSecond how many bytes of the tables' files one session reads per second
 * @param secondsOfOne how long one session takes for all tables
 * @param sessions how many sessions read at the same time
 * @param wal the WAL that the slot keeps meanwhile; empty without a slot
 */
public record SnapshotEstimate(
        Probe probe, double bytesPerSecond, long secondsOfOne, int sessions, Optional<RetainedWal> wal) {

    /** A shorter time says nothing about the rate at which others write. */
    private static final double LONG_ENOUGH = 1;

    private static final double SHORTEST = 0.001;

    /**
     * WAL that the slot keeps during the snapshot.
     *
     * @param bytesPerSecond how much the server writes
     * @param measured whether that was measured just now; otherwise it is the mean since the server's statistics were
     *     reset
     * @param bytes how much one session has the slot keep: the most that is to be expected
     * @param limit {@code max_slot_wal_keep_size}; empty if unlimited
     */
    public record RetainedWal(double bytesPerSecond, boolean measured, long bytes, OptionalLong limit) {

        /** Whether the slot would be lost. */
        public boolean exceedsLimit() {
            return limit.isPresent() && bytes > limit.getAsLong();
        }
    }

    /** How long the snapshot takes if all sessions are busy to the end, and the server is as fast for each of them. */
    public long secondsOfAll() {
        return (secondsOfOne + sessions - 1) / sessions;
    }

    /**
     * The estimate for tables.
     *
     * @param probed the table that was measured
     * @param bytes how many bytes all tables have together
     * @param streams whether a slot keeps the WAL
     * @param meanWal how much WAL the server has written per second so far; null if it is not known
     * @param limit how much WAL a slot may keep; null if unlimited
     */
    static SnapshotEstimate of(
            Probe probe,
            TableSize probed,
            long bytes,
            int sessions,
            boolean streams,
            @Nullable Long meanWal,
            @Nullable Long limit) {
        double rate = rate(probe, probed);
        long seconds = (long) Math.ceil(bytes / rate);
        return new SnapshotEstimate(
                probe,
                rate,
                seconds,
                Math.max(1, sessions),
                streams ? Optional.of(wal(probe, seconds, meanWal, limit)) : Optional.empty());
    }

    /** Text is longer or shorter than the same rows in a file, so the part of the rows counts, if it is known. */
    private static double rate(Probe probe, TableSize probed) {
        double seconds = Math.max(SHORTEST, probe.seconds());
        Long rows = probed.rows();
        double read;
        if (probe.whole()) {
            read = probed.bytes();
        } else if (rows != null && rows > 0) {
            read = probed.bytes() * Math.min(1, (double) probe.rows() / rows);
        } else {
            read = probe.bytes();
        }
        return Math.max(1, read / seconds);
    }

    private static RetainedWal wal(Probe probe, long seconds, @Nullable Long mean, @Nullable Long limit) {
        boolean measured = probe.seconds() >= LONG_ENOUGH || mean == null;
        double rate = measured || mean == null ? probe.walBytes() / Math.max(SHORTEST, probe.seconds()) : mean;
        return new RetainedWal(
                rate,
                measured,
                Math.round(rate * seconds),
                limit == null ? OptionalLong.empty() : OptionalLong.of(limit));
    }
}
