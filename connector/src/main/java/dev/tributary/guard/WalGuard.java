// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import dev.tributary.config.GuardOptions;
import dev.tributary.guard.Forecast.Observation;
import dev.tributary.metrics.GuardStatus;
import dev.tributary.postgres.SlotHealth;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a slot: at each look it forecasts when the slot is lost, shows that, and alerts once when a level is reached,
 * and once when the danger is over. A level counts when two looks in a row have seen it. Not thread-safe.
 */
public final class WalGuard {

    private static final Logger LOG = LoggerFactory.getLogger(WalGuard.class);

    /** How many more looks there are at least until a slot is lost, if the forecast is right. */
    private static final int LOOKS_UNTIL_LOST = 4;

    private static final int LOOKS_IN_INTERVAL = 10;

    private final Watched watched;
    private final GuardOptions options;
    private final Source source;
    private final GuardStatus status;
    private final List<ReceiverState> receivers;
    private final SpillHint spills;
    private final Clock clock;
    private Forecast forecast;

    private Level reached = Level.OK;

    /** What the last look saw. */
    private Level seen = Level.OK;

    /** The forecast of the last look; null without one. */
    private @Nullable Duration left;

    private boolean wasThere;
    private @Nullable String lastProblem;

    /**
     * What is watched.
     *
     * @param connector the name of the connector
     * @param server its topic prefix
     * @param slot the slot
     */
    public record Watched(String connector, String server, String slot) {}

    /** What a receiver knows. */
    private static final class ReceiverState {

        private final Receiver receiver;

        /** The highest level that it was alerted to since the last time that all was well. */
        private Level alerted = Level.OK;

        ReceiverState(Receiver receiver) {
            this.receiver = receiver;
        }
    }

    /** Where the health of the slot is read. */
    public interface Source {

        /** Reads it; empty if there is no such slot. */
        Optional<SlotHealth> read() throws SQLException;

        /** Whether this guard is the one that speaks, of several in different workers. */
        boolean leads();

        /** Whether the connector is paused or stopped. */
        boolean isPaused();
    }

    /**
     * @param status shows what the last look has seen
     * @param receivers take each alert
     * @param clock the time of day, for alerts
     */
    public WalGuard(
            Watched watched,
            GuardOptions options,
            Source source,
            GuardStatus status,
            List<Receiver> receivers,
            Clock clock) {
        this.watched = watched;
        this.options = options;
        this.source = source;
        this.status = status;
        this.receivers = receivers.stream().map(ReceiverState::new).toList();
        this.spills = new SpillHint(watched.slot());
        this.clock = clock;
        this.forecast = new Forecast(options.interval());
    }

    /**
     * Looks once. A look that fails is shown, and logged if the one before did not fail with the same SQL state.
     *
     * @return whether it did not fail
     */
    public boolean look() {
        return look(System::nanoTime);
    }

    /**
     * When to look again: the sooner, the nearer a slot is to being lost, so that a level is seen before the next one
     * is reached.
     */
    public Duration untilNextLook() {
        Duration interval = options.interval();
        if (left == null) {
            return interval;
        }
        Duration shortest = interval.dividedBy(LOOKS_IN_INTERVAL);
        Duration wanted = left.dividedBy(LOOKS_UNTIL_LOST);
        return wanted.compareTo(shortest) < 0 ? shortest : wanted.compareTo(interval) > 0 ? interval : wanted;
    }

    /** @param time the time of an observation, in nanoseconds */
    boolean look(LongSupplier time) {
        left = null;
        try {
            Optional<SlotHealth> health = source.read();
            lastProblem = null;
            if (health.isPresent()) {
                observed(health.get(), time.getAsLong());
            } else {
                missing();
            }
            return true;
        } catch (SQLException e) {
            String message = "Slot " + watched.slot() + " cannot be looked at: " + sentence(e) + ".";
            status.unknown(message);
            String problem = String.valueOf(e.getSQLState());
            if (!problem.equals(lastProblem)) {
                LOG.warn("{} The next look follows.", message);
            }
            lastProblem = problem;
            return false;
        }
    }

    private static String sentence(SQLException e) {
        String message = String.valueOf(e.getMessage()).strip();
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private void observed(SlotHealth health, long nanos) {
        wasThere = true;
        LogSequenceNumber needed = health.restartLsn();
        if (needed != null) {
            forecast.observe(new Observation(nanos, health.walPosition().asLong(), needed.asLong(), health.active()));
        }
        spills.observe(nanos, health.load()).filter(hint -> source.leads()).ifPresent(LOG::warn);
        Danger danger = Danger.of(health, forecast, options);
        left = health.lost() ? null : danger.left();
        judge(danger.level(options), danger.lastingLevel(options));
        String message = reached == Level.OK ? "" : text().of(danger, danger.isForecast(options));
        status.seenWal(health.walPosition().asLong(), health.unreadBytes());
        status.seen(facts(health, danger, message));
        announce(message, health.retainedBytes(), danger.left());
    }

    private void missing() {
        status.unknown("There is no slot " + watched.slot() + " on the server.");
        if (wasThere) {
            forecast = new Forecast(options.interval());
            judge(seen == Level.LOST ? Level.LOST : reached, reached);
            seen = Level.LOST;
            announce(text().gone(), null, null);
        }
    }

    /** Rises to what two looks in a row have seen, and falls to what two have not exceeded. */
    private void judge(Level now, Level lasting) {
        if (now == Level.LOST) {
            reached = Level.LOST;
        } else if (now.compareTo(reached) > 0 && seen.compareTo(reached) > 0) {
            reached = lower(now, seen);
        } else if (lasting.compareTo(reached) < 0 && seen.compareTo(reached) < 0) {
            reached = higher(lasting, seen);
        }
        seen = now.compareTo(reached) < 0 ? lasting : now;
    }

    private static Level lower(Level one, Level other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Level higher(Level one, Level other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private DangerText text() {
        return new DangerText(watched.connector(), watched.slot(), source.isPaused(), options.unlimitedBytes());
    }

    private GuardStatus.Facts facts(SlotHealth health, Danger danger, String message) {
        SlotHealth.Load load = health.load();
        return new GuardStatus.Facts(
                reached.name(),
                message,
                danger.left(),
                new GuardStatus.Slot(health.walStatus(), health.active(), health.failover()),
                new GuardStatus.Wal(
                        health.retainedBytes(),
                        load.pin() == null ? "" : load.pin().what(),
                        Math.round(forecast.growthPerSecond()),
                        Math.round(forecast.writtenPerSecond()),
                        health.roomBytes(),
                        health.limitBytes()),
                new GuardStatus.Standby(
                        danger.stall()
                                .map(slot -> slot.name() + " " + slot.state().text())
                                .orElse(""),
                        health.heldBytes()),
                new GuardStatus.Load(
                        Objects.requireNonNullElse(load.freeConnections(), GuardStatus.NONE),
                        load.spilledTransactions(),
                        load.spilledBytes()));
    }

    private void announce(String message, @Nullable Long retained, @Nullable Duration left) {
        for (ReceiverState state : receivers) {
            boolean isWorse = reached.compareTo(state.alerted) > 0;
            boolean isOver = reached == Level.OK && state.alerted != Level.OK;
            if ((isWorse || isOver) && state.receiver.isReady()) {
                state.alerted = reached;
                state.receiver.alert(alert(isOver ? text().over() : message, retained, left));
            }
        }
    }

    private Alert alert(String message, @Nullable Long retained, @Nullable Duration left) {
        return new Alert(
                watched.connector(),
                watched.server(),
                watched.slot(),
                reached,
                message,
                clock.instant(),
                retained,
                Math.round(forecast.growthPerSecond()),
                left == null ? null : left.toSeconds());
    }
}
