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
     * @param retainedBytes WAL that is retained for the slot; null if the server does not say
     * @param growthBytesPerSecond how fast that grows
     * @param writtenBytesPerSecond how fast WAL is written
     * @param safeWalBytes how much WAL can be written before the slot is at risk; null without a limit
     * @param limitBytes the limit; null without one
     * @param walStatus the status of the slot
     * @param active whether a process reads from it
     * @param failover whether a standby can take it over
     * @param waitsFor the slot of a standby that its walsender waits for, and how that is; empty if it does not wait
     * @param heldBytes WAL that no standby has confirmed, so that it is not sent; null if standbys are not waited for
     * @param pinnedBy the old transaction that keeps WAL; empty if none does
     * @param freeConnections connections that the server has left
     * @param spilledTransactions transactions that were decoded by way of the disk
     * @param spilledBytes the bytes of these
     */
    public record Facts(
            String level,
            String message,
            @Nullable Duration left,
            @Nullable Long retainedBytes,
            long growthBytesPerSecond,
            long writtenBytesPerSecond,
            @Nullable Long safeWalBytes,
            @Nullable Long limitBytes,
            String walStatus,
            boolean active,
            boolean failover,
            String waitsFor,
            @Nullable Long heldBytes,
            String pinnedBy,
            int freeConnections,
            long spilledTransactions,
            long spilledBytes) {}

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
        return new Facts("UNKNOWN", why, null, null, 0, 0, null, null, "", false, false, "", null, "", NONE, 0, 0);
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
        return orNone(facts.retainedBytes());
    }

    @Override
    public long getGrowthBytesPerSecond() {
        return facts.growthBytesPerSecond();
    }

    @Override
    public long getWrittenBytesPerSecond() {
        return facts.writtenBytesPerSecond();
    }

    @Override
    public long getSafeWalBytes() {
        return orNone(facts.safeWalBytes());
    }

    @Override
    public long getLimitBytes() {
        return orNone(facts.limitBytes());
    }

    @Override
    public String getWalStatus() {
        return facts.walStatus();
    }

    @Override
    public boolean isActive() {
        return facts.active();
    }

    @Override
    public boolean isFailover() {
        return facts.failover();
    }

    @Override
    public String getWaitsForStandby() {
        return facts.waitsFor();
    }

    @Override
    public long getHeldBytes() {
        return orNone(facts.heldBytes());
    }

    @Override
    public String getPinnedBy() {
        return facts.pinnedBy();
    }

    @Override
    public int getFreeConnections() {
        return facts.freeConnections();
    }

    @Override
    public long getSpilledTransactions() {
        return facts.spilledTransactions();
    }

    @Override
    public long getSpilledBytes() {
        return facts.spilledBytes();
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
