// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console;

import dev.tributary.console.cluster.Cluster;
import dev.tributary.console.cluster.Connectors;
import dev.tributary.console.cluster.Peers;
import dev.tributary.console.metrics.Exposition;
import dev.tributary.console.metrics.MetricsResource;
import dev.tributary.console.metrics.TaskStates;
import dev.tributary.console.rest.ActionResource;
import dev.tributary.console.rest.ConsoleFilter;
import dev.tributary.console.rest.EventStream;
import dev.tributary.console.rest.FactsResource;
import dev.tributary.console.rest.OwningWorker;
import dev.tributary.console.rest.PageResource;
import dev.tributary.console.rest.PlanResource;
import dev.tributary.console.worker.Beans;
import dev.tributary.console.worker.ConfigProviders;
import dev.tributary.console.worker.History;
import dev.tributary.console.worker.PlansBean;
import dev.tributary.console.worker.Presence;
import dev.tributary.console.worker.WorkerFacts;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;

/** The parts of the console, from the start of a worker to its end. */
final class Console implements AutoCloseable {

    private final List<AutoCloseable> open;

    private Console(List<AutoCloseable> open) {
        this.open = open;
    }

    static Console open(
            ConsoleOptions options, String version, Map<String, ?> worker, ConnectRestExtensionContext context) {
        // First, as it fails on a worker that has no jakarta.ws.rs, and nothing may be left then.
        ConsoleFilter filter = new ConsoleFilter();
        Beans beans = new Beans(ManagementFactory.getPlatformMBeanServer());
        Presence presence = Presence.open(options.eventValues());
        History history = History.start(beans);
        WorkerFacts facts = new WorkerFacts(beans, history, version);
        Peers peers = new Peers(worker);
        PlansBean plans = PlansBean.open(ManagementFactory.getPlatformMBeanServer());
        Connectors connectors = new Connectors(context.clusterState());
        Cluster cluster = new Cluster(connectors, facts, peers);
        OwningWorker owner = new OwningWorker(cluster);
        EventStream events = new EventStream(cluster);
        List.of(
                        filter,
                        new PageResource(options.actions()),
                        new FactsResource(cluster, facts, events, owner),
                        new ActionResource(owner, facts, beans, options.actions()),
                        new PlanResource(plans, new ConfigProviders(worker)),
                        new MetricsResource(new Exposition(
                                ManagementFactory.getPlatformMBeanServer(), TaskStates.of(connectors::health))))
                .forEach(context.configurable()::register);
        return new Console(List.of(events, history, plans, presence));
    }

    @Override
    public void close() {
        for (AutoCloseable part : open) {
            try {
                part.close();
            } catch (Exception e) {
                throw new IllegalStateException("Cannot close the console", e);
            }
        }
    }
}
