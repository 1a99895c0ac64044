// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last hour of each task of this worker: a few numbers every five seconds, kept in memory. What no longer runs is
 * forgotten after an hour.
 */
public final class History implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final int POINTS = 720;

    /** How old the last point can be while the task runs. */
    private static final Duration CURRENT = INTERVAL.multipliedBy(2);

    private final Beans beans;
    private final Clock clock;
    private final Map<String, Points> servers = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor looks;

    History(Beans beans, Clock clock) {
        this.beans = beans;
        this.clock = clock;
        this.looks = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "tributary-console");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts to look at a worker's tasks. */
    public static History start(Beans beans) {
        History history = new History(beans, Clock.systemUTC());
        var unused =
                history.looks.scheduleWithFixedDelay(history::tryToLook, 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
        return history;
    }

    private void tryToLook() {
        try {
            look();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("The console cannot read the numbers of this worker's tasks; it tries again", e);
        }
    }

    /** Adds a point to each task that runs. */
    void look() {
        long now = clock.millis();
        Set<ObjectName> streaming = beans.names("debezium.postgres:type=connector-metrics,context=streaming,*");
        Map<String, ObjectName> running =
                streaming.stream().collect(Collectors.toMap(WorkerFacts::server, name -> name, (one, other) -> one));
        running.forEach((server, name) -> servers.computeIfAbsent(server, key -> new Points())
                .add(new Moment(
                        now,
                        beans.number(name, "TotalNumberOfEventsSeen")
                                + zeroIfUnknown(beans.number(snapshot(server), "Rows")),
                        lag(server, name),
                        beans.number(Beans.ofServer("guard", server), "RetainedBytes"),
                        beans.number(name, "CurrentQueueSizeInBytes"))));
        servers.values()
                .removeIf(points ->
                        points.isOlderThan(now - INTERVAL.multipliedBy(POINTS).toMillis()));
    }

    /** Ours knows how old the oldest change is that is not stored; Debezium's, how late the last event was. */
    private double lag(String server, ObjectName streaming) {
        double lag = beans.number(Beans.ofServer("events", server), "LagMillis");
        return Double.isNaN(lag) ? beans.number(streaming, "MilliSecondsBehindSource") : lag;
    }

    private static ObjectName snapshot(String server) {
        return Beans.ofServer("snapshot", server);
    }

    private static double zeroIfUnknown(double number) {
        return Double.isNaN(number) ? 0 : number;
    }

    /** The points of a task, the oldest first: arrays of the same length; null where something was not known. */
    Optional<ObjectNode> of(String server) {
        return Optional.ofNullable(servers.get(server)).map(Points::json);
    }

    /** Events per second in the last seconds; NaN if it is not known, as of a task that no longer runs. */
    double rate(String server) {
        Points points = servers.get(server);
        return points == null || points.isOlderThan(clock.millis() - CURRENT.toMillis()) ? Double.NaN : points.rate();
    }

    @Override
    public void close() {
        looks.shutdownNow();
    }

    /** What is known of a moment; NaN is not known. */
    private record Moment(long millis, double events, double lagMillis, double retainedBytes, double queueBytes) {}

    private static final class Points {

        private final Moment[] ring = new Moment[POINTS];
        private int next;
        private int size;

        synchronized void add(Moment moment) {
            ring[next] = moment;
            next = (next + 1) % POINTS;
            size = Math.min(size + 1, POINTS);
        }

        private Moment at(int index) {
            return ring[Math.floorMod(next - size + index, POINTS)];
        }

        synchronized boolean isOlderThan(long millis) {
            return size == 0 || at(size - 1).millis() < millis;
        }

        synchronized double rate() {
            return size < 2 ? Double.NaN : rate(at(size - 2), at(size - 1));
        }

        /** A counter that has become less was set to zero, as by a restart. */
        private static double rate(Moment before, Moment after) {
            double events = after.events() - before.events();
            double seconds = (after.millis() - before.millis()) / 1000.0;
            return events < 0 || seconds <= 0 ? Double.NaN : events / seconds;
        }

        synchronized ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ArrayNode seconds = json.putArray("seconds");
            ArrayNode rate = json.putArray("eventsPerSecond");
            ArrayNode lag = json.putArray("lagMillis");
            ArrayNode retained = json.putArray("retainedBytes");
            ArrayNode queue = json.putArray("queueBytes");
            for (int i = 1; i < size; i++) {
                Moment moment = at(i);
                seconds.add(moment.millis() / 1000);
                put(rate, rate(at(i - 1), moment));
                put(lag, moment.lagMillis());
                put(retained, moment.retainedBytes());
                put(queue, moment.queueBytes());
            }
            return json;
        }

        private static void put(ArrayNode numbers, double number) {
            if (Double.isNaN(number) || number < 0) {
                numbers.addNull();
            } else {
                numbers.add(Math.round(number));
            }
        }
    }
}
