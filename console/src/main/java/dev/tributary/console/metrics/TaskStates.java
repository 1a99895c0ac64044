// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.health.AbstractState;
import org.apache.kafka.connect.health.ConnectorHealth;

/** What Connect says about tasks: the MBeans of one that has failed no longer exist. */
@FunctionalInterface
public interface TaskStates {

    /** Connect's state of a task that runs. */
    String RUNNING = "RUNNING";

    /** The state of a connector's task, such as {@code FAILED}; empty if Connect does not say. */
    Optional<String> of(String connector);

    /** @param health what Connect knows of a connector; empty if it does not know it */
    static TaskStates of(Function<String, Optional<ConnectorHealth>> health) {
        return connector -> health.apply(connector).map(TaskStates::state);
    }

    private static String state(ConnectorHealth health) {
        String own = health.connectorState().state();
        return own.equals(RUNNING)
                ? health.tasksState().values().stream()
                        .map(AbstractState::state)
                        .filter(state -> !state.equals(RUNNING))
                        .findFirst()
                        .orElse(RUNNING)
                : own;
    }
}
