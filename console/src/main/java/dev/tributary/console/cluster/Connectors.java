// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.health.ConnectClusterState;
import org.apache.kafka.connect.health.ConnectorHealth;

/**
 * The Postgres connectors, as Connect knows them. Configurations are asked for seldom: Connect answers with the thread
 * that also carries out its requests.
 */
final class Connectors {

    private static final Duration FRESH = Duration.ofSeconds(5);

    private final ConnectClusterState state;
    private final Map<String, Optional<Deployed>> known = new ConcurrentHashMap<>();
    private List<String> names = List.of();
    private long lookedNanos;
    private boolean hasLooked;

    Connectors(ConnectClusterState state) {
        this.state = state;
    }

    /** All of them, sorted by name; one that was created in the last seconds can be missing. */
    synchronized List<Deployed> all() {
        if (!hasLooked || System.nanoTime() - lookedNanos > FRESH.toNanos()) {
            look();
        }
        return names.stream().map(this::named).flatMap(Optional::stream).toList();
    }

    private void look() {
        names = List.copyOf(new TreeSet<>(state.connectors()));
        known.clear();
        hasLooked = true;
        lookedNanos = System.nanoTime();
    }

    /** A connector by its name; empty if there is none, or it is not for Postgres. */
    synchronized Optional<Deployed> find(String name) {
        return known(name).or(() -> {
            look();
            return known(name);
        });
    }

    private Optional<Deployed> known(String name) {
        return all().stream().filter(deployed -> deployed.name().equals(name)).findFirst();
    }

    private Optional<Deployed> named(String name) {
        return known.computeIfAbsent(name, key -> {
            try {
                return Deployed.of(key, state.connectorConfig(key));
            } catch (ConnectException e) {
                // It has just been deleted.
                return Optional.empty();
            }
        });
    }

    /** Empty if it has just been deleted, or its state is not known yet. */
    Optional<ConnectorHealth> health(String name) {
        try {
            return Optional.of(state.connectorHealth(name));
        } catch (ConnectException e) {
            return Optional.empty();
        }
    }
}
