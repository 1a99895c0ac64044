// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.capture.CaptureTask;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.GuardOptions;
import dev.tributary.postgres.ConnectionTarget;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guards of the slots whose connectors or tasks are in this JVM. A connector and its task share one; on two workers
 * they have one each, of which one alerts. Nothing that is wrong with a guard stops a connector.
 */
final class Guards {

    private static final Logger LOG = LoggerFactory.getLogger(Guards.class);

    /** By the name of the connector. */
    private static final Map<String, SlotGuard> RUNNING = new HashMap<>();

    /** The leases of connectors; their tasks have leases of their own. */
    private static final Map<String, Lease> CONNECTORS = new HashMap<>();

    private Guards() {}

    /**
     * What a guard is made of: another of these needs another guard.
     *
     * @param connector the name of the connector
     * @param server its topic prefix
     * @param target the server and the role
     * @param slot the slot
     * @param options the options of the guard
     */
    record Key(String connector, String server, ConnectionTarget target, String slot, GuardOptions options) {}

    /** The wish that a slot is watched, until it is closed. */
    static final class Lease implements AutoCloseable {

        private final String connector;
        private final Supplier<@Nullable CaptureTask> running;
        private volatile @Nullable BooleanSupplier ended;

        private Lease(String connector, Supplier<@Nullable CaptureTask> running) {
            this.connector = connector;
            this.running = running;
        }

        /** What captures at the moment; null if nothing does, or the lease is not that of a task. */
        @Nullable
        CaptureTask running() {
            return running.get();
        }

        /** The connector is paused or stopped. Closes the lease when a condition holds, which is asked at each look. */
        void pausedUntil(BooleanSupplier condition) {
            ended = condition;
        }

        boolean isPaused() {
            return ended != null;
        }

        boolean hasEnded() {
            BooleanSupplier condition = ended;
            return condition != null && condition.getAsBoolean();
        }

        @Override
        public void close() {
            end(this);
        }
    }

    /** Watches the slot of a connector, instead of a former lease of a connector with its name. */
    static Lease ofConnector(ConnectorConfig config) {
        synchronized (RUNNING) {
            Lease before = CONNECTORS.get(config.connectorName());
            Lease lease = lease(config, () -> null);
            if (before != null) {
                end(before);
            }
            if (RUNNING.containsKey(config.connectorName())) {
                CONNECTORS.put(config.connectorName(), lease);
            }
            return lease;
        }
    }

    /**
     * Watches the slot of a task.
     *
     * @param running what captures at the moment; null if nothing does
     */
    static Lease ofTask(ConnectorConfig config, Supplier<@Nullable CaptureTask> running) {
        synchronized (RUNNING) {
            return lease(config, running);
        }
    }

    private static Lease lease(ConnectorConfig config, Supplier<@Nullable CaptureTask> running) {
        Lease lease = new Lease(config.connectorName(), running);
        try {
            GuardOptions options = GuardOptions.of(config);
            Key key = new Key(
                    config.connectorName(),
                    config.topicPrefix(),
                    DatabaseCheck.target(config),
                    config.slotName(),
                    options);
            SlotGuard guard = RUNNING.get(key.connector());
            if (!options.watches()) {
                if (guard != null) {
                    RUNNING.remove(key.connector());
                    guard.stop();
                }
                return lease;
            }
            if (guard == null || !guard.key().equals(key)) {
                SlotGuard next = SlotGuard.start(key);
                if (guard != null) {
                    next.leases().addAll(guard.leases());
                    guard.stop();
                }
                RUNNING.put(key.connector(), next);
                guard = next;
            }
            guard.leases().add(lease);
        } catch (RuntimeException e) {
            LOG.warn("The slot of connector {} is not watched", config.connectorName(), e);
        }
        return lease;
    }

    private static void end(Lease lease) {
        synchronized (RUNNING) {
            CONNECTORS.remove(lease.connector, lease);
            SlotGuard running = RUNNING.get(lease.connector);
            if (running != null
                    && running.leases().remove(lease)
                    && running.leases().isEmpty()) {
                RUNNING.remove(lease.connector);
                running.stop();
            }
        }
    }
}
