// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final MBeanServer server = MBeanServerFactory.newMBeanServer();
    private final ObjectName name =
            Beans.name("debezium.postgres:type=connector-metrics,context=streaming,server=shop");
    private final Streaming streaming = new Streaming();
    private final SetClock clock = new SetClock();
    private final History history = new History(new Beans(server), clock);

    /** What Debezium's MBean has of it. */
    public interface StreamingMXBean {
        long getTotalNumberOfEventsSeen();
    }

    private static final class Streaming implements StreamingMXBean {
        private long events;

        @Override
        public long getTotalNumberOfEventsSeen() {
            return events;
        }
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.EPOCH;

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    @BeforeEach
    void start() throws JMException {
        server.registerMBean(streaming, name);
    }

    @AfterEach
    void close() {
        history.close();
    }

    private void look(long events) {
        streaming.events = events;
        history.look();
        pass(INTERVAL);
    }

    private void pass(Duration time) {
        clock.now = clock.now.plus(time);
    }

    @Test
    void theRateIsThatOfTheLastInterval() {
        // Given
        look(0);
        assertThat(history.rate("shop")).isNaN();

        // When
        look(1_000);
        look(1_100);

        // Then
        assertThat(history.rate("shop")).isEqualTo(20);
        assertThat(history.rate("none")).isNaN();
    }

    @Test
    void theRateOfATaskThatNoLongerRunsIsNotKnown() throws Exception {
        // Given
        look(0);
        look(100);

        // When
        server.unregisterMBean(name);
        history.look();
        pass(INTERVAL.plusMillis(1));

        // Then
        assertThat(history.rate("shop")).isNaN();
        assertThat(history.of("shop")).isPresent();
    }

    @Test
    void aCounterThatBeginsAgainLeavesAGap() {
        // When
        look(0);
        look(100);
        look(7);
        look(17);

        // Then
        JsonNode rates = history.of("shop").orElseThrow().path("eventsPerSecond");
        assertThat(rates.toString()).isEqualTo("[20,null,2]");
        assertThat(history.of("shop").orElseThrow().path("queueBytes").toString())
                .isEqualTo("[null,null,null]");
    }

    @Test
    void itIsForgottenAfterAnHour() throws Exception {
        // Given
        look(0);
        server.unregisterMBean(name);

        // When
        pass(Duration.ofHours(1));
        history.look();

        // Then
        assertThat(history.of("shop")).isEmpty();
    }
}
