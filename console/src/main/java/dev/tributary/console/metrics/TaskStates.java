// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import java.util.Optional;
import org.apache.kafka.connect.health.AbstractState;
import org.apache.kafka.connect.health.ConnectClusterState;
import org.apache.kafka.connect.health.ConnectorHealth;

/** What Connect says about tasks: the MBeans of one that has failed no longer exist. */
@FunctionalInterface
public interface TaskStates {

    /** Connect's state of a task that runs. */
    String RUNNING = "RUNNING";

    /** The state of a connector's task, such as {@code FAILED}; empty if Connect does not say. */
    Optional<String> of(String connector);

    /** The states that the cluster of a worker knows. */
    static TaskStates ofCluster(ConnectClusterState cluster) {
        return connector -> {
            try {
                ConnectorHealth health = cluster.connectorHealth(connector);
                String own = health.connectorState().state();
                return Optional.of(
                        own.equals(RUNNING)
                                ? health.tasksState().values().stream()
                                        .map(AbstractState::state)
                                        .filter(state -> !state.equals(RUNNING))
                                        .findFirst()
                                        .orElse(RUNNING)
                                : own);
            } catch (RuntimeException e) {
                // It was deleted, or the worker has not read the states yet.
                return Optional.empty();
            }
        };
    }
}
