// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.failure.CaptureFailedException;
import dev.tributary.postgres.ConnectionTarget;
import dev.tributary.postgres.Database;
import dev.tributary.postgres.Slot;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches the slot while a snapshot is read. Nobody reads from the slot meanwhile, so it retains all WAL that is
 * written, and it can be lost if {@code max_slot_wal_keep_size} sets a limit. A warning is logged while there is time
 * to raise the limit. Once the slot is lost the snapshot stops: the changes made since it began could no longer be
 * streamed. It also reports the sessions that wait for the locks of the snapshot.
 */
final class SlotWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SlotWatch.class);
    private static final long INTERVAL_SECONDS = 10;
    private static final long BETWEEN_WARNINGS_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MEGABYTE = 1L << 20;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "tributary-snapshot-slot");
        thread.setDaemon(true);
        return thread;
    });

    private final ConnectionTarget target;
    private final String name;
    private final SnapshotPace pace;
    private volatile @Nullable String loss;
    private @Nullable Long firstRetained;
    private long firstNanos;
    private long warnedNanos;
    private long warnedOfWaitNanos;

    SlotWatch(ConnectionTarget target, String name, SnapshotPace pace) {
        this.target = target;
        this.name = name;
        this.pace = pace;
    }

    /**
     * Watches the slot of a snapshot until this is closed; if the run does not stream, only who waits for its locks.
     */
    static SlotWatch of(SnapshotSetup setup, SnapshotPace pace) {
        SlotWatch watch = new SlotWatch(setup.target(), setup.config().slotName(), pace);
        boolean streams = setup.slot().streams();
        var unused = watch.executor.scheduleWithFixedDelay(
                () -> watch.check(streams), 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
        return watch;
    }

    /** A server that does not answer now may answer next time; if it is down, the readers fail as well. */
    private void check(boolean streams) {
        try (Database database = Database.open(target)) {
            if (streams) {
                judge(database.slot(name), System.nanoTime()).ifPresent(LOG::warn);
            }
            judge(database.keptWaiting(), System.nanoTime()).ifPresent(LOG::warn);
        } catch (SQLException | RuntimeException e) {
            LOG.debug("Slot {} could not be looked up", name, e);
        }
    }

    /** Records which sessions wait for locks of the snapshot; returns a warning at most once a minute. */
    Optional<String> judge(List<String> sessions, long nanos) {
        pace.keepsWaiting(sessions);
        boolean warnedJustNow = warnedOfWaitNanos != 0 && nanos - warnedOfWaitNanos < BETWEEN_WARNINGS_NANOS;
        if (sessions.isEmpty() || warnedJustNow) {
            return Optional.empty();
        }
        warnedOfWaitNanos = nanos;
        return Optional.of(
                "The snapshot's locks (ACCESS SHARE, held until it ends) keep these sessions waiting, and with"
                        + " each of them every session that wants the same table after it: "
                        + String.join("; ", sessions)
                        + ". To let the others through, cancel those: SELECT pg_cancel_backend(<process>)");
    }

    /** Records the state of the slot; returns a warning if the operator should know something. */
    Optional<String> judge(Optional<Slot> found, long nanos) {
        if (found.isEmpty()) {
            loss = "was dropped";
            return Optional.empty();
        }
        Slot slot = found.get();
        if (slot.lost()) {
            loss = "was lost (" + Objects.requireNonNullElse(slot.invalidationReason(), "wal_status = lost")
                    + "; see max_slot_wal_keep_size)";
            return Optional.empty();
        }
        Long retained = slot.retainedBytes();
        if (retained == null) {
            return Optional.empty();
        }
        pace.retainedWal(retained);
        if (firstRetained == null) {
            firstRetained = retained;
            firstNanos = nanos;
            return Optional.empty();
        }
        return endangered(
                slot, retained, (retained - firstRetained) / ((nanos - firstNanos) / NANOS_PER_SECOND), nanos);
    }

    private Optional<String> endangered(Slot slot, long retained, double perSecond, long nanos) {
        Long safe = slot.safeWalSize();
        long secondsLeft = Math.max(0, pace.getSecondsLeft());
        long needed = Math.round(perSecond * secondsLeft);
        boolean warnedJustNow = warnedNanos != 0 && nanos - warnedNanos < BETWEEN_WARNINGS_NANOS;
        if (safe == null || needed <= safe || warnedJustNow) {
            return Optional.empty();
        }
        warnedNanos = nanos;
        return Optional.of(String.format(
                Locale.ROOT,
                "Slot %s may be lost before the snapshot ends: about %d s are left, in which %d MB of WAL will be written at"
                        + " %.1f MB/s, and max_slot_wal_keep_size leaves room for %d MB. Without the slot the snapshot is"
                        + " worthless. Fix, now: ALTER SYSTEM SET max_slot_wal_keep_size = '%dMB';"
                        + " SELECT pg_reload_conf();",
                name,
                secondsLeft,
                needed / MEGABYTE,
                perSecond / MEGABYTE,
                Math.max(0, safe) / MEGABYTE,
                (retained + 2 * needed) / MEGABYTE + 1));
    }

    /**
     * @throws CaptureFailedException if the slot no longer exists, or no longer has the changes made since the snapshot
     *     began
     */
    void assertKept() {
        String reason = loss;
        if (reason != null) {
            throw CaptureFailedException.slotGone("Replication slot " + name + " " + reason
                    + " while the snapshot was being read, and with it the changes made since. The snapshot has"
                    + " stopped.");
        }
    }

    @Override
    public void close() {
        // A check in progress may end by itself.
        executor.shutdown();
    }
}
