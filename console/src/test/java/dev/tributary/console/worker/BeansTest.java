// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeansTest {

    private static final String SERVER = "shop, \"1\"";

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Beans beans = new Beans(server);
    private final ObjectName name = Beans.ofServer("sample-bean", SERVER);

    /** An MBean with attributes of each kind. */
    public interface SampleMXBean {
        String getText();

        long getNumber();

        double getUnknown();

        boolean isOn();

        String[] getNames();

        Map<String, Long> getByName();

        List<Point> getPoints();

        String echo(String text);

        void fail(String text);
    }

    /** An element of a list. */
    public static final class Point {
        public int getX() {
            return 7;
        }
    }

    /** The MBean. */
    public static final class Sample implements SampleMXBean {
        @Override
        public String getText() {
            return "a \"b\"";
        }

        @Override
        public long getNumber() {
            return 1L << 60;
        }

        @Override
        public double getUnknown() {
            return Double.NaN;
        }

        @Override
        public boolean isOn() {
            return true;
        }

        @Override
        public String[] getNames() {
            return new String[] {"x", "y"};
        }

        @Override
        public Map<String, Long> getByName() {
            return Map.of("k", 3L);
        }

        @Override
        public List<Point> getPoints() {
            return List.of(new Point());
        }

        @Override
        public String echo(String text) {
            return text + "!";
        }

        @Override
        public void fail(String text) {
            throw new IllegalArgumentException(text);
        }
    }

    @BeforeEach
    void register() throws Exception {
        server.registerMBean(new Sample(), name);
    }

    @AfterEach
    void unregister() throws Exception {
        server.unregisterMBean(name);
    }

    @Test
    void attributesAreFields() {
        // When
        ObjectNode node = beans.read(name).orElseThrow();

        // Then
        assertThat(node.path("text").asText()).isEqualTo("a \"b\"");
        assertThat(node.path("number").asLong()).isEqualTo(1L << 60);
        assertThat(node.path("unknown").isNull()).isTrue();
        assertThat(node.path("on").asBoolean()).isTrue();
        assertThat(node.path("names").toString()).isEqualTo("[\"x\",\"y\"]");
        assertThat(node.path("byName").toString()).isEqualTo("{\"k\":3}");
        assertThat(node.path("points").toString()).isEqualTo("[{\"x\":7}]");
        assertThat(WorkerFacts.server(name)).isEqualTo(SERVER);
    }

    @Test
    void whatDoesNotExistIsEmpty() {
        ObjectName none = Beans.ofServer("sample-bean", "other");
        assertThat(beans.read(none)).isEmpty();
        assertThat(beans.call(none, "echo", "a")).isEmpty();
        assertThat(beans.number(none, "Number")).isNaN();
        assertThat(beans.number(name, "Missing")).isNaN();
    }

    @Test
    void operationsAreCalledAndThrow() {
        assertThat(beans.call(name, "echo", "a").orElseThrow().asText()).isEqualTo("a!");
        assertThatThrownBy(() -> beans.call(name, "fail", "what is wrong"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("what is wrong");
    }
}
