// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

class TaskStatusTest {

    private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

    @Test
    void showsWhatTheTaskWaitsForUntilItIsClosed() throws JMException {
        // Given
        ObjectName name = new ObjectName("dev.tributary:type=task,server=\"shop\"");
        try (TaskStatus status = TaskStatus.open("shop", "shop")) {
            assertThat(SERVER.getAttribute(name, "State")).isEqualTo("RUNNING");

            // When
            status.waiting("the server", "CONNECTION_LOST", "it went away", 3);

            // Then
            assertThat(SERVER.getAttribute(name, "State")).isEqualTo("WAITING");
            assertThat(SERVER.getAttribute(name, "WaitingFor")).isEqualTo("the server");
            assertThat(SERVER.getAttribute(name, "FailureKind")).isEqualTo("CONNECTION_LOST");
            assertThat(SERVER.getAttribute(name, "LastFailure")).isEqualTo("it went away");
            assertThat(SERVER.getAttribute(name, "FailuresInARow")).isEqualTo(3);
        }
        assertThat(SERVER.isRegistered(name)).isFalse();
    }

    @Test
    void showsWhatTheChecksWarnOf() throws JMException {
        // Given
        ObjectName name = new ObjectName("dev.tributary:type=task,server=\"warned\"");
        try (TaskStatus status = TaskStatus.open("warned", "warned")) {

            // When
            status.warnings(List.of("slot.name: the slot is about to be lost"));

            // Then
            assertThat((String[]) SERVER.getAttribute(name, "Warnings"))
                    .containsExactly("slot.name: the slot is about to be lost");
        }
    }

    @Test
    void aTaskThatEndsLateDoesNotTakeItsSuccessorWithIt() throws JMException {
        // Given
        ObjectName name = new ObjectName("dev.tributary:type=task,server=\"orders\"");
        TaskStatus first = TaskStatus.open("orders", "orders");
        try (TaskStatus second = TaskStatus.open("orders", "orders")) {
            second.waiting("the slot", "SLOT_IN_USE", "in use", 1);

            // When
            first.close();

            // Then
            assertThat(SERVER.getAttribute(name, "WaitingFor")).isEqualTo("the slot");
        }
        assertThat(SERVER.isRegistered(name)).isFalse();
    }

    @Test
    void whatHappenedIsCountedAcrossTheTasksOfAConnector() {
        // Given
        try (TaskStatus first = TaskStatus.open("counted", "counting")) {
            first.waiting("the server", "CONNECTION_LOST", "it went away", 1);
            first.retried();
            first.waiting("the server", "CONNECTION_LOST", "it went away", 2);
            first.retried();
            first.running();
            first.failed("REFUSED");
        }

        // When
        try (TaskStatus second = TaskStatus.open("counted", "counting")) {
            second.waiting("the slot", "SLOT_IN_USE", "in use", 1);

            // Then
            assertThat(second.getFailures()).isEqualTo(Map.of("CONNECTION_LOST", 2L, "REFUSED", 1L, "SLOT_IN_USE", 1L));
            assertThat(second.getRetries()).isEqualTo(2);
            assertThat(second.getStateChanges()).isEqualTo(3);
            assertThat(second.getConnector()).isEqualTo("counting");
        }
    }
}
