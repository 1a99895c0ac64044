// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.config.GuardOptions;
import dev.tributary.guard.Alert;
import dev.tributary.guard.Receiver;
import dev.tributary.guard.WalGuard;
import dev.tributary.guard.Webhook;
import dev.tributary.metrics.GuardStatus;
import dev.tributary.metrics.Journal;
import dev.tributary.postgres.SlotHealth;
import dev.tributary.postgres.SlotHealthConnection;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A guard that looks from time to time, in one of a few threads that all guards share. */
final class SlotGuard implements WalGuard.Source {

    private static final Logger LOG = LoggerFactory.getLogger("dev.tributary.guard");

    /** A look takes milliseconds, or some seconds if the server does not answer. */
    private static final int THREADS = 4;

    /** A login that is refused is not tried so often. */
    private static final int MOST_INTERVALS = 6;

    private static final ScheduledThreadPoolExecutor LOOKS = looks();

    private final Guards.Key key;
    private final Set<Guards.Lease> leases = ConcurrentHashMap.newKeySet();
    private final SlotHealthConnection connection;
    private final GuardStatus status;
    private final @Nullable Webhook webhook;
    private final WalGuard guard;
    private @Nullable ScheduledFuture<?> looking;
    private boolean isStopped;

    /** Looks in a row that have failed. */
    private int failures;

    private SlotGuard(Guards.Key key) {
        GuardOptions options = key.options();
        URI url = options.webhook();
        this.key = key;
        this.connection = new SlotHealthConnection(key.target(), key.slot(), options.interval());
        this.webhook = url == null ? null : Webhook.start(url, options.secret());
        this.status = GuardStatus.open(key.server(), key.connector());
        this.guard = new WalGuard(
                new WalGuard.Watched(key.connector(), key.server(), key.slot()),
                options,
                this,
                status,
                List.of(new LogAndWebhook(), new Notifications(leases), new AlertJournal(Journal.of(key.server()))),
                Clock.systemUTC());
    }

    /** Starts to look. */
    static SlotGuard start(Guards.Key key) {
        SlotGuard guard = new SlotGuard(key);
        guard.lookAfter(Duration.ZERO);
        return guard;
    }

    private static ScheduledThreadPoolExecutor looks() {
        ScheduledThreadPoolExecutor looks = new ScheduledThreadPoolExecutor(THREADS, work -> {
            Thread thread = new Thread(work, "tributary-guard");
            thread.setDaemon(true);
            return thread;
        });
        looks.setRemoveOnCancelPolicy(true);
        looks.setKeepAliveTime(1, TimeUnit.MINUTES);
        looks.allowCoreThreadTimeOut(true);
        return looks;
    }

    Guards.Key key() {
        return key;
    }

    /** Those who want the slot to be watched. */
    Set<Guards.Lease> leases() {
        return leases;
    }

    private synchronized void lookAfter(Duration pause) {
        if (!isStopped) {
            looking = LOOKS.schedule(this::look, pause.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        Duration pause = key.options().interval();
        try {
            leases.stream().filter(Guards.Lease::hasEnded).forEach(Guards.Lease::close);
            synchronized (this) {
                if (!isStopped) {
                    failures = guard.look() ? 0 : Math.min(failures + 1, MOST_INTERVALS - 1);
                    pause = failures == 0 ? guard.untilNextLook() : pause.multipliedBy(failures + 1L);
                }
            }
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("A look at slot {} failed. The next look follows", key.slot(), e);
        }
        lookAfter(pause);
    }

    @Override
    public Optional<SlotHealth> read() throws SQLException {
        return connection.read();
    }

    @Override
    public boolean leads() {
        try {
            return connection.leads();
        } catch (SQLException e) {
            // Rather twice than never.
            return true;
        }
    }

    @Override
    public boolean isPaused() {
        return leases.stream().anyMatch(Guards.Lease::isPaused);
    }

    /** Where one of several guards in different workers alerts. */
    private final class LogAndWebhook implements Receiver {

        @Override
        public boolean isReady() {
            return leads();
        }

        @Override
        public void alert(Alert alert) {
            switch (alert.level()) {
                case OK -> LOG.info("{}", alert.message());
                case WARNING -> LOG.warn("{}", alert.message());
                case CRITICAL, LOST -> LOG.error("{}", alert.message());
            }
            if (webhook != null) {
                webhook.send(alert);
            }
        }
    }

    /** Stops to look, and closes the connection; a look that is running ends first. */
    void stop() {
        status.close();
        LOOKS.execute(this::end);
    }

    private synchronized void end() {
        isStopped = true;
        if (looking != null) {
            looking.cancel(false);
        }
        connection.close();
        if (webhook != null) {
            webhook.close();
        }
    }
}
