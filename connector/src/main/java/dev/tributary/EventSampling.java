// SPDX-License-Identifier: Apache-2.0
package dev.tributary;

import dev.tributary.metrics.Samples;
import java.lang.management.ManagementFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps some of the latest events for the worker's console, if it has one: the MBean {@value #CONSOLE}. Otherwise it
 * costs nothing, and with a console little: a second's events are read up to a limit.
 *
 * <p>For the task's thread.
 */
final class EventSampling implements AutoCloseable {

    /** Its attribute {@code EventValues} says whether the operator wants values to be shown. */
    static final String CONSOLE = "dev.tributary:type=console";

    private static final Logger LOG = LoggerFactory.getLogger(EventSampling.class);

    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(5);

    /** How many events are read each second, and from how many records at the end of a poll they are taken. */
    private static final int MOST_PER_SECOND = 100;

    private static final int MOST_LOOKED_AT = 2_000;

    private final Samples samples;
    private final Clock clock;
    private long nextLookMillis;
    private boolean isWanted;
    private boolean withValues;
    private long secondOfBudget;
    private int budget;
    private boolean hasLogged;

    EventSampling(Samples samples, Clock clock) {
        this.samples = samples;
        this.clock = clock;
    }

    static EventSampling open(String topicPrefix) {
        return new EventSampling(Samples.open(topicPrefix), Clock.systemUTC());
    }

    /** Keeps the latest events of a poll. */
    void add(@Nullable List<SourceRecord> records) {
        long now = clock.millis();
        look(now);
        if (!isWanted || records == null) {
            return;
        }
        if (now / 1000 != secondOfBudget) {
            secondOfBudget = now / 1000;
            budget = MOST_PER_SECOND;
        }
        try {
            latest(records).forEach(record -> samples.add(record.topic(), SampledEvent.of(record, now, withValues)));
        } catch (RuntimeException e) {
            // A field that cannot be read fails where it is converted, and is handled there.
            LOG.debug("Some events of a poll are not in the sample of the console: {}", e.getClass());
        }
    }

    /** The last records of each topic, the oldest first. */
    private Deque<SourceRecord> latest(List<SourceRecord> records) {
        Deque<SourceRecord> latest = new ArrayDeque<>();
        Map<String, Integer> ofTopic = new HashMap<>();
        int oldest = Math.max(0, records.size() - MOST_LOOKED_AT);
        for (int i = records.size() - 1; i >= oldest && budget > 0; i--) {
            SourceRecord record = records.get(i);
            if (ofTopic.merge(record.topic(), 1, Integer::sum) <= Samples.PER_TOPIC) {
                latest.addFirst(record);
                budget--;
            }
        }
        return latest;
    }

    private void look(long now) {
        if (now >= nextLookMillis || nextLookMillis - now > LOOK_INTERVAL.toMillis()) {
            nextLookMillis = now + LOOK_INTERVAL.toMillis();
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            boolean isThere = false;
            try {
                ObjectName console = new ObjectName(CONSOLE);
                isThere = server.isRegistered(console);
                withValues = isThere && Boolean.TRUE.equals(server.getAttribute(console, "EventValues"));
            } catch (InstanceNotFoundException e) {
                // It has just been closed.
                isThere = false;
            } catch (JMException | RuntimeException e) {
                isThere = false;
                cannotLook(e);
            }
            isWanted = isThere;
        }
    }

    /** No capture fails because of the console. */
    private void cannotLook(Exception e) {
        if (!hasLogged) {
            hasLogged = true;
            LOG.warn("The console cannot be asked for its options, so no events are kept for it", e);
        }
    }

    @Override
    public void close() {
        samples.close();
    }
}
