// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;

/**
 * Turns the MBeans of Debezium's own connectors in this worker into series, to compare with before a switch. Our
 * connectors have MBeans of the same names, which are left out.
 */
final class DebeziumBeans {

    private static final String DOMAIN = "debezium.";
    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);

    /** The operations and the attributes that count them. */
    private static final Map<String, String> OPERATIONS = Map.of(
            "create", "TotalNumberOfCreateEventsSeen",
            "update", "TotalNumberOfUpdateEventsSeen",
            "delete", "TotalNumberOfDeleteEventsSeen");

    private final List<Bean> streaming;
    private final List<Bean> snapshots;

    /** @param ours the topic prefixes of our connectors */
    DebeziumBeans(MBeanServer server, Set<String> ours) {
        this.streaming = ofContext(server, "streaming", ours);
        this.snapshots = ofContext(server, "snapshot", ours);
    }

    private static List<Bean> ofContext(MBeanServer server, String context, Set<String> ours) {
        return Bean.matching(server, DOMAIN + "*:type=connector-metrics,context=" + context + ",*").stream()
                .filter(bean -> !ours.contains(bean.key("server")))
                .toList();
    }

    void addTo(Series series) {
        for (Bean bean : streaming) {
            String plugin = plugin(bean);
            String server = bean.key("server");
            String task = bean.key("task");
            series.add(Family.DEBEZIUM_CONNECTED, bean.isTrue("Connected") ? 1 : 0, plugin, server, task);
            series.addKnown(
                    Family.DEBEZIUM_LAG_SECONDS,
                    bean.number("MilliSecondsBehindSource") / MILLIS_PER_SECOND,
                    plugin,
                    server,
                    task);
            OPERATIONS.forEach((operation, attribute) ->
                    series.addKnown(Family.DEBEZIUM_EVENTS, bean.number(attribute), plugin, server, task, operation));
            series.addKnown(
                    Family.DEBEZIUM_QUEUE_RECORDS,
                    bean.number("QueueTotalCapacity") - bean.number("QueueRemainingCapacity"),
                    plugin,
                    server,
                    task);
        }
        for (Bean bean : snapshots) {
            series.addKnown(
                    Family.DEBEZIUM_EVENTS,
                    bean.number("TotalNumberOfReadEventsSeen"),
                    plugin(bean),
                    bean.key("server"),
                    bean.key("task"),
                    "read");
        }
    }

    private static String plugin(Bean bean) {
        return bean.name().getDomain().substring(DOMAIN.length());
    }
}
