// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.demo;

import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The whole demo: servers, shop, connector, snapshot, services, traffic, and the summary at the end. */
final class Demo {

    private static final Duration SNAPSHOT = Duration.ofMinutes(2);
    private static final Duration WATCH = Duration.ofSeconds(1);
    private static final Duration ARRIVAL = Duration.ofSeconds(30);
    private static final Duration ARRIVAL_AT_EXIT = Duration.ofSeconds(5);

    private final DemoOptions options;
    private final Screen screen;
    private final Sandbox sandbox;
    private final Steps steps;
    private final Arrivals arrivals = new Arrivals();
    private final EventPrinter printer;

    Demo(DemoOptions options, Screen screen, Sandbox sandbox) {
        this.options = options;
        this.screen = screen;
        this.sandbox = sandbox;
        this.steps = new Steps(screen);
        this.printer = new EventPrinter(screen, options.all());
    }

    /**
     * Returns when the requested time is over and all changes have arrived, or throws. Without a time, runs until the
     * JVM ends.
     */
    void run() throws Exception {
        DemoServers servers = DemoServers.start(sandbox, options, steps);
        try (EventFeed feed = new EventFeed(
                servers.broker().bootstrapServers(),
                DemoConnector.topics(),
                servers.registry().map(EventParser::ofAvro).orElseGet(EventParser::ofJson),
                event -> {
                    arrivals.add(event);
                    printer.print(event);
                })) {
            snapshot(servers, feed);
            printer.flush();
            DemoServices services = DemoServices.start(sandbox, servers, steps);
            new Places(servers, services, sandbox).print(screen);
            traffic(servers, services, feed);
        }
    }

    private void snapshot(DemoServers servers, EventFeed feed) throws Exception {
        Map<String, Long> rows = servers.rowCounts();
        long expected = rows.values().stream().mapToLong(Long::longValue).sum();
        steps.take(
                () -> {
                    servers.register();
                    boolean complete = Wait.until(SNAPSHOT, () -> {
                        feed.check();
                        servers.requireRunning(DemoConnector.NAME);
                        screen.progress(arrivals.total(), expected, "rows of the snapshot");
                        return arrivals.hasRead(rows);
                    });
                    screen.endProgress();
                    if (!complete) {
                        throw new SandboxException("the snapshot has delivered " + arrivals.total() + " of " + expected
                                + " rows in " + SNAPSHOT.toSeconds() + " s; read "
                                + servers.worker().logFile());
                    }
                    return expected;
                },
                count -> "Connector " + DemoConnector.NAME + " is running; its snapshot delivered " + count
                        + " rows of " + rows.size() + " tables");
    }

    private void traffic(DemoServers servers, DemoServices services, EventFeed feed) throws Exception {
        try (DemoTraffic traffic = new DemoTraffic(servers.postgres(), options.rate(), options.seed())) {
            Runnable end = () -> {
                traffic.stop();
                awaitArrivals(traffic, Sandbox.isExiting() ? ARRIVAL_AT_EXIT : ARRIVAL);
                printer.flush();
                new Summary(arrivals, traffic.counts()).print(screen);
            };
            Runnable cancel = sandbox.beforeExit(end);
            try {
                drive(servers, services, feed, traffic);
            } finally {
                cancel.run();
            }
            end.run();
            watch(servers, services, feed, traffic);
            verify(servers, traffic);
        }
    }

    private void drive(DemoServers servers, DemoServices services, EventFeed feed, DemoTraffic traffic)
            throws InterruptedException {
        Deadline deadline = new Deadline(options.seconds());
        while (!deadline.isOver() && !Sandbox.isExiting()) {
            watch(servers, services, feed, traffic);
            traffic.await(deadline.next(WATCH));
        }
        if (Sandbox.isExiting()) {
            // The exit does the rest, and needs the feed and the servers for it, so this thread must not close them.
            Thread.currentThread().join();
        }
    }

    private void watch(DemoServers servers, DemoServices services, EventFeed feed, DemoTraffic traffic) {
        if (!servers.worker().isRunning()) {
            servers.worker().start();
            screen.line(
                    "The worker ended, and was started again as process %d",
                    servers.worker().pid());
        }
        services.check();
        feed.check();
        traffic.check();
        servers.requireRunning(DemoConnector.NAME);
    }

    private void awaitArrivals(DemoTraffic traffic, Duration limit) {
        Wait.until(limit, () -> arrivals.missing(traffic.counts()).isEmpty());
    }

    private void verify(DemoServers servers, DemoTraffic traffic) {
        List<String> problems = new ArrayList<>(arrivals.missing(traffic.counts()));
        arrivals.never().forEach(cell -> problems.add(cell + ": none arrived"));
        if (!problems.isEmpty()) {
            throw new SandboxException(
                    String.join("; ", problems) + "; read " + servers.worker().logFile());
        }
    }
}
