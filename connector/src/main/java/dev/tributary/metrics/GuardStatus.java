// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Shows in JMX what the guard of a slot has seen, while it is open. */
public final class GuardStatus implements GuardStatusMXBean, AutoCloseable {

    /**
     * What a look has seen.
     *
     * @param level the level that is reached
     * @param message what is wrong, and the fix; empty if nothing is
     * @param left the time until the slot is lost; null if that is not in sight
     */
    public record Facts(
            String level, String message, @Nullable Duration left, Slot slot, Wal wal, Standby standby, Load load) {}

    /**
     * The slot.
     *
     * @param walStatus its status
     * @param active whether a process reads from it
     * @param failover whether a standby can take it over
     */
    public record Slot(String walStatus, boolean active, boolean failover) {}

    /**
     * The WAL of the server.
     *
     * @param retainedBytes what is retained for the slot; null if the server does not say
     * @param pinnedBy the old transaction that keeps WAL; empty if none does
     * @param growthBytesPerSecond how fast the retained WAL grows
     * @param writtenBytesPerSecond how fast WAL is written
     * @param safeBytes how much WAL can be written before the slot is at risk; null without a limit
     * @param limitBytes the limit; null without one
     */
    public record Wal(
            @Nullable Long retainedBytes,
            String pinnedBy,
            long growthBytesPerSecond,
            long writtenBytesPerSecond,
            @Nullable Long safeBytes,
            @Nullable Long limitBytes) {}

    /**
     * The standbys that the walsender waits for.
     *
     * @param waitsFor the slot of the one that it waits for, and how that is; empty if it does not wait
     * @param heldBytes WAL that no standby has confirmed, so that it is not sent; null if standbys are not waited for
     */
    public record Standby(String waitsFor, @Nullable Long heldBytes) {}

    /**
     * The load of the server.
     *
     * @param freeConnections connections that it has left
     * @param spilledTransactions transactions that were decoded by way of the disk
     * @param spilledBytes the bytes of these
     */
    public record Load(int freeConnections, long spilledTransactions, long spilledBytes) {}

    /** Stands for a number that is not known, or a limit that does not exist. */
    public static final int NONE = -1;

    private final String connector;
    private final WalLag lag;
    private final Registration registration;
    private volatile Facts facts = unknownFacts("It was not looked at yet.");

    private GuardStatus(String topicPrefix, String connector) {
        this.connector = connector;
        this.lag = WalLag.of(topicPrefix);
        this.registration = Registration.of("guard", topicPrefix, this);
    }

    /** Registers the status for a topic prefix, instead of one that is still registered. */
    public static GuardStatus open(String topicPrefix, String connector) {
        return new GuardStatus(topicPrefix, connector);
    }

    /** The status that is open for a topic prefix; empty if none is. */
    public static Optional<GuardStatus> of(String topicPrefix) {
        return Registration.bean("guard", topicPrefix).map(GuardStatus.class::cast);
    }

    /**
     * A look has seen where the WAL ends.
     *
     * @param walEnd the position
     * @param unreadBytes how much of it the slot's reader has not acknowledged; null if the server does not say
     */
    public void seenWal(long walEnd, @Nullable Long unreadBytes) {
        lag.observed(walEnd, unreadBytes, System.nanoTime());
    }

    /** Shows what a look has seen. */
    public void seen(Facts seen) {
        facts = seen;
    }

    /** Shows that a look has seen nothing. */
    public void unknown(String why) {
        facts = unknownFacts(why);
    }

    private static Facts unknownFacts(String why) {
        return new Facts(
                "UNKNOWN",
                why,
                null,
                new Slot("", false, false),
                new Wal(null, "", 0, 0, null, null),
                new Standby("", null),
                new Load(NONE, 0, 0));
    }

    @Override
    public String getConnector() {
        return connector;
    }

    @Override
    public long getLagBytes() {
        return lag.bytes();
    }

    @Override
    public long getLagMillis() {
        return lag.millis(System.nanoTime());
    }

    @Override
    public String getLevel() {
        return facts.level();
    }

    @Override
    public String getMessage() {
        return facts.message();
    }

    @Override
    public long getSecondsUntilLost() {
        Duration left = facts.left();
        return left == null ? NONE : left.toSeconds();
    }

    @Override
    public long getRetainedBytes() {
        return orNone(facts.wal().retainedBytes());
    }

    @Override
    public long getGrowthBytesPerSecond() {
        return facts.wal().growthBytesPerSecond();
    }

    @Override
    public long getWrittenBytesPerSecond() {
        return facts.wal().writtenBytesPerSecond();
    }

    @Override
    public long getSafeWalBytes() {
        return orNone(facts.wal().safeBytes());
    }

    @Override
    public long getLimitBytes() {
        return orNone(facts.wal().limitBytes());
    }

    @Override
    public String getWalStatus() {
        return facts.slot().walStatus();
    }

    @Override
    public boolean isActive() {
        return facts.slot().active();
    }

    @Override
    public boolean isFailover() {
        return facts.slot().failover();
    }

    @Override
    public String getWaitsForStandby() {
        return facts.standby().waitsFor();
    }

    @Override
    public long getHeldBytes() {
        return orNone(facts.standby().heldBytes());
    }

    @Override
    public String getPinnedBy() {
        return facts.wal().pinnedBy();
    }

    @Override
    public int getFreeConnections() {
        return facts.load().freeConnections();
    }

    @Override
    public long getSpilledTransactions() {
        return facts.load().spilledTransactions();
    }

    @Override
    public long getSpilledBytes() {
        return facts.load().spilledBytes();
    }

    private static long orNone(@Nullable Long value) {
        return value == null ? NONE : value;
    }

    /** Unregisters it, unless another one with the same prefix has replaced it. */
    @Override
    public void close() {
        registration.close();
    }
}
