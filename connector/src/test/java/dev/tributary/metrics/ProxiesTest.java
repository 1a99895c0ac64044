// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import javax.management.JMX;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** Clients read our MBeans through proxies of their interfaces, which have to make every type out of open data. */
class ProxiesTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

    @Test
    void theProgressOfASnapshotIsReadThroughAProxy() throws Exception {
        // Given
        ObjectName name = new ObjectName("dev.tributary:type=snapshot,server=proxy");
        server.registerMBean(new OneTable(), name);
        try {
            // When
            SnapshotStatusMXBean proxy = JMX.newMXBeanProxy(server, name, SnapshotStatusMXBean.class);

            // Then
            assertThat(proxy.getPercent()).isEqualTo(12.5);
            assertThat(proxy.getWaitingFor()).isEqualTo("the transaction of process 42");
            assertThat(proxy.getKeptWaiting()).containsExactly("process 43");
            assertThat(proxy.getTables()).singleElement().satisfies(table -> {
                assertThat(table.getTable()).isEqualTo("shop.orders");
                assertThat(table.getRows()).isEqualTo(1);
                assertThat(table.getEstimatedRows()).isEqualTo(8);
                assertThat(table.getPercent()).isEqualTo(12.5);
            });
        } finally {
            server.unregisterMBean(name);
        }
    }

    @Test
    void theStatusOfATaskIsReadThroughAProxy() throws Exception {
        try (TaskStatus status = TaskStatus.open("proxy", "proxy")) {
            // Given
            status.waiting("Postgres", "CONNECTION", "It is down.", 3);

            // When
            TaskStatusMXBean proxy = JMX.newMXBeanProxy(
                    server,
                    new ObjectName("dev.tributary:type=task,server=" + ObjectName.quote("proxy")),
                    TaskStatusMXBean.class);

            // Then
            assertThat(proxy.getState()).isEqualTo("WAITING");
            assertThat(proxy.getFailuresInARow()).isEqualTo(3);
        }
    }

    @Test
    void theEventsOfATaskAreReadThroughAProxy() throws Exception {
        try (EventStatus status = EventStatus.open("proxy", "shop", "1.0", () -> true, () -> 1_500)) {
            // Given
            TableEvents orders = status.table("public.orders", "shop.public.orders", List.of("id"));
            status.stored(orders.creates(), 1_000);

            // When
            EventStatusMXBean proxy = JMX.newMXBeanProxy(
                    server,
                    new ObjectName("dev.tributary:type=events,server=" + ObjectName.quote("proxy")),
                    EventStatusMXBean.class);

            // Then
            assertThat(proxy.getConnector()).isEqualTo("shop");
            assertThat(proxy.getTables()).singleElement().satisfies(table -> {
                assertThat(table.getTable()).isEqualTo("public.orders");
                assertThat(table.getTopic()).isEqualTo("shop.public.orders");
                assertThat(table.getKeyColumns()).containsExactly("id");
                assertThat(table.getCreates()).isEqualTo(1);
                assertThat(table.getLastEventMillis()).isEqualTo(1_500);
            });
        }
    }

    private static final class OneTable implements SnapshotStatusMXBean {

        @Override
        public long getRows() {
            return 1;
        }

        @Override
        public long getEstimatedRows() {
            return 8;
        }

        @Override
        public double getPercent() {
            return 12.5;
        }

        @Override
        public long getRowsPerSecond() {
            return 1;
        }

        @Override
        public long getSecondsLeft() {
            return 7;
        }

        @Override
        public long getRetainedWalBytes() {
            return -1;
        }

        @Override
        public String getWaitingFor() {
            return "the transaction of process 42";
        }

        @Override
        public List<String> getKeptWaiting() {
            return List.of("process 43");
        }

        @Override
        public List<TableSnapshotStatus> getTables() {
            return List.of(new TableSnapshotStatus("shop.orders", 1, 8, 12.5));
        }
    }
}
