// SPDX-License-Identifier: Apache-2.0
package dev.tributary.guard;

import dev.tributary.config.GuardOptions;
import dev.tributary.postgres.SlotHealth;
import dev.tributary.postgres.StandbySlot;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The danger that a slot is in.
 *
 * @param health what the server says
 * @param growth bytes per second by which the retained WAL grows
 * @param wal the time until too much WAL is retained; null if that is not in sight
 * @param idle the time until the server invalidates it because nothing reads from it; null if that is not in sight
 */
record Danger(
        SlotHealth health,
        double growth,
        @Nullable Duration wal,
        @Nullable Duration idle) {

    /** A standby that is started again is back by then. */
    private static final Duration STANDBY_RESTARTS = Duration.ofMinutes(1);

    /** A danger is over only when there is so much more time than the level asks for. */
    private static final double CALM = 1.2;

    static Danger of(SlotHealth health, Forecast forecast, GuardOptions options) {
        return new Danger(
                health,
                forecast.growthPerSecond(),
                room(health, options).flatMap(forecast::until).orElse(null),
                idleTime(health).orElse(null));
    }

    /** How many more bytes can be retained; empty if the slot does not retain any. */
    private static Optional<Long> room(SlotHealth health, GuardOptions options) {
        Long retained = health.retainedBytes();
        if (retained == null) {
            return Optional.empty();
        }
        Long room =
                health.limitBytes() == null ? Long.valueOf(options.unlimitedBytes() - retained) : health.roomBytes();
        return Optional.of(room == null ? 0 : room);
    }

    private static Optional<Duration> idleTime(SlotHealth health) {
        Long limit = health.idleLimitSeconds();
        Long inactive = health.inactiveSeconds();
        return health.active() || limit == null || inactive == null
                ? Optional.empty()
                : Optional.of(Duration.ofSeconds(Math.max(0, limit - inactive)));
    }

    /**
     * The time until the slot is lost, or, without a limit, until it retains more than is wanted; null if not in sight.
     */
    @Nullable
    Duration left() {
        if (wal == null || idle == null) {
            return wal == null ? idle : wal;
        }
        return isIdleFirst() ? idle : wal;
    }

    /** Whether it will be lost because nothing reads from it. */
    boolean isIdleFirst() {
        return idle != null && (wal == null || idle.compareTo(wal) < 0);
    }

    /** The level that is reached. */
    Level level(GuardOptions options) {
        return level(options, 1);
    }

    /** The level that it would be with longer times: that of a danger which is not over yet. */
    Level lastingLevel(GuardOptions options) {
        return level(options, CALM);
    }

    /** The slot of a standby that keeps the stream waiting; empty if none does, or nothing reads from the slot. */
    Optional<StandbySlot> stall() {
        return health.active()
                ? health.waitedFor().stream().filter(Danger::isAway).findFirst()
                : Optional.empty();
    }

    private static boolean isAway(StandbySlot standby) {
        Long seconds = standby.inactiveSeconds();
        Long missing = standby.unconfirmedBytes();
        return standby.isBroken()
                || (seconds != null && seconds >= STANDBY_RESTARTS.toSeconds() && missing != null && missing > 0);
    }

    private Level level(GuardOptions options, double factor) {
        if (health.lost()) {
            return Level.LOST;
        }
        Level forecast = forecastLevel(options, factor);
        return forecast == Level.OK && stall().isPresent() ? Level.WARNING : forecast;
    }

    /** Whether the forecast has reached a level, by itself. */
    boolean isForecast(GuardOptions options) {
        return forecastLevel(options, CALM) != Level.OK;
    }

    private Level forecastLevel(GuardOptions options, double factor) {
        Duration time = left();
        if (time == null) {
            return Level.OK;
        }
        if (time.toMillis() <= options.critical().toMillis() * factor) {
            return Level.CRITICAL;
        }
        return time.toMillis() <= options.warn().toMillis() * factor ? Level.WARNING : Level.OK;
    }
}
