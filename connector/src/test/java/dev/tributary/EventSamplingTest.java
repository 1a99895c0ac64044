// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tributary.metrics.EventSample;
import dev.tributary.metrics.Samples;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventSamplingTest {

    private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    private final Samples samples = Samples.open("event-sampling");
    private final EventSampling sampling =
            new EventSampling(samples, Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC));
    private final Console console = new Console();

    /** As the console registers it. */
    public interface ConsoleMXBean {

        boolean isEventValues();
    }

    private static final class Console implements ConsoleMXBean {

        private boolean isBroken;

        @Override
        public boolean isEventValues() {
            if (isBroken) {
                throw new IllegalStateException("closed");
            }
            return true;
        }
    }

    @BeforeEach
    void register() throws Exception {
        server.registerMBean(console, new ObjectName(EventSampling.CONSOLE));
    }

    @AfterEach
    void unregister() throws Exception {
        server.unregisterMBean(new ObjectName(EventSampling.CONSOLE));
        sampling.close();
    }

    private static List<SourceRecord> poll() {
        return List.of(new SourceRecord(Map.of(), Map.of(), "topic", null, "row"));
    }

    @Test
    void keepsEventsForTheConsole() {
        // When
        sampling.add(poll());

        // Then
        assertThat(samples.events("topic")).extracting(EventSample::getValue).containsExactly("row");
    }

    @Test
    void aConsoleThatCannotBeAskedFailsNoPoll() {
        // Given
        console.isBroken = true;

        // When
        sampling.add(poll());

        // Then
        assertThat(samples.getTopics()).isEmpty();
    }
}
