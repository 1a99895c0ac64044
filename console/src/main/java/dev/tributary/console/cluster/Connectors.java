// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.health.ConnectClusterState;
import org.apache.kafka.connect.health.ConnectorHealth;
import org.jspecify.annotations.Nullable;

/**
 * The Postgres connectors, as Connect knows them. Connect answers with the thread that also carries out its requests,
 * and during a rebalance it lets one wait for a minute and a half. So it is asked seldom, by one thread at a time, and
 * the others get what was known before: requests that wait would take all of the worker's threads.
 */
public final class Connectors {

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final ConnectClusterState state;
    private final ReentrantLock asking = new ReentrantLock();

    /** Null until Connect has answered once. */
    private volatile @Nullable List<Deployed> known;

    private volatile long askedNanos = System.nanoTime() - FRESH.toNanos();

    /** @param state what Connect says of the cluster */
    public Connectors(ConnectClusterState state) {
        this.state = state;
    }

    /**
     * All of them, sorted by name; one that was created or deleted in the last seconds can be missing or still there.
     *
     * @throws ConnectException if Connect has not answered yet
     */
    List<Deployed> all() {
        if (System.nanoTime() - askedNanos >= FRESH.toNanos()) {
            ask();
        }
        List<Deployed> all = known;
        if (all == null) {
            throw new ConnectException("it has not said yet which connectors there are");
        }
        return all;
    }

    /** A connector by its name; empty if there is none, or it is not for Postgres. */
    Optional<Deployed> find(String name) {
        Optional<Deployed> found = named(name);
        if (found.isEmpty()) {
            ask();
            return named(name);
        }
        return found;
    }

    private Optional<Deployed> named(String name) {
        return all().stream().filter(deployed -> deployed.name().equals(name)).findFirst();
    }

    private void ask() {
        if (!asking.tryLock()) {
            return;
        }
        try {
            List<Deployed> all = new ArrayList<>();
            for (String name : new TreeSet<>(state.connectors())) {
                deployed(name).ifPresent(all::add);
            }
            known = List.copyOf(all);
        } catch (ConnectException e) {
            if (known == null) {
                throw e;
            }
        } finally {
            askedNanos = System.nanoTime();
            asking.unlock();
        }
    }

    private Optional<Deployed> deployed(String name) {
        try {
            return Deployed.of(name, state.connectorConfig(name));
        } catch (ConnectException e) {
            // It has just been deleted, or Connect does not answer any more: then what was known of it counts.
            List<Deployed> before = known;
            return before == null
                    ? Optional.empty()
                    : before.stream().filter(one -> one.name().equals(name)).findFirst();
        }
    }

    /** Empty if it has just been deleted, or its state is not known yet. Does not wait. */
    public Optional<ConnectorHealth> health(String name) {
        try {
            return Optional.of(state.connectorHealth(name));
        } catch (RuntimeException e) {
            // Connect also refuses to make a state of what it has not read yet.
            return Optional.empty();
        }
    }
}
