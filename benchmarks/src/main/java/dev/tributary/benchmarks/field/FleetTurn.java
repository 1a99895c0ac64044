// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.field;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Capture;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Deployment;
import dev.tributary.benchmarks.contest.Lane;
import dev.tributary.benchmarks.contest.Measurement;
import dev.tributary.benchmarks.contest.TopicGroup;
import dev.tributary.benchmarks.meter.JvmMeter;
import dev.tributary.benchmarks.meter.JvmReading;
import dev.tributary.benchmarks.meter.JvmUsage;
import dev.tributary.benchmarks.stream.StreamResult;
import dev.tributary.benchmarks.stream.StreamTurn;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.SpreadWorkload;
import dev.tributary.sandbox.ConnectWorker;
import dev.tributary.sandbox.SandboxException;
import dev.tributary.sandbox.Wait;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A worker with a connector for each database, each with many topics, that drain a backlog when it is their turn. */
final class FleetTurn implements StreamTurn {

    private static final long BETWEEN_COUNTS_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Contestant contestant;
    private final ConnectWorker worker;
    private final List<Deployment> deployments;
    private final TopicGroup topics;
    private long lastCountNanos = System.nanoTime();

    private FleetTurn(Contestant contestant, ConnectWorker worker, List<Deployment> deployments, TopicGroup topics) {
        this.contestant = contestant;
        this.worker = worker;
        this.deployments = deployments;
        this.topics = topics;
    }

    static FleetTurn open(Arena arena, Contestant contestant, SpreadWorkload workload) {
        List<Contestant> each = workload.databases().stream()
                .map(database -> contestant.named(contestant.id() + "-" + database, contestant.title()))
                .toList();
        TopicGroup topics = TopicGroup.create(
                arena.broker(),
                each.stream()
                        .flatMap(one -> workload.tables().stream().map(one::topic))
                        .toList());
        ConnectWorker worker = arena.worker(contestant, StreamResult.HEAP);
        List<Deployment> deployments = new ArrayList<>();
        for (int i = 0; i < each.size(); i++) {
            Capture capture = new Capture(workload.databases().get(i), workload.tables());
            deployments.add(new Deployment(arena, each.get(i), capture, worker));
        }
        deployments.forEach(Deployment::create);
        deployments.forEach(Deployment::awaitStreaming);
        return new FleetTurn(contestant, worker, deployments, topics);
    }

    @Override
    public void settle(Backlog first) {
        await(first);
        stop();
    }

    @Override
    public Measurement take(Backlog backlog, int round) throws IOException {
        Lane.wake(worker);
        JvmUsage usage;
        try (JvmMeter meter = JvmMeter.of(worker)) {
            JvmReading before = meter.read();
            deployments.forEach(Deployment::resume);
            await(backlog);
            usage = meter.read().since(before);
        }
        Measurement measured =
                new Measurement(contestant.id(), round, backlog.rows(), topics.records(), topics.millis(), 0, usage);
        stop();
        return measured;
    }

    private void await(Backlog backlog) {
        // The first record of each topic takes the producer a request for metadata.
        Duration timeout = Lane.timeout(backlog.rows()).multipliedBy(2);
        boolean done = Wait.until(timeout, () -> {
            deployments.forEach(Deployment::requireNotFailed);
            return hasArrived(backlog);
        });
        if (!done) {
            throw new SandboxException(contestant.title() + " has not delivered " + backlog.rows() + " rows after "
                    + timeout.toSeconds() + " s, but " + topics.records() + " records; see " + worker.logFile());
        }
    }

    /** Asks rarely, since the ends of a thousand topics cost the broker CPU. */
    private boolean hasArrived(Backlog backlog) {
        if (System.nanoTime() - lastCountNanos < BETWEEN_COUNTS_NANOS) {
            return false;
        }
        boolean arrived = topics.records() >= backlog.rows();
        lastCountNanos = System.nanoTime();
        return arrived;
    }

    private void stop() {
        deployments.forEach(Deployment::awaitAcknowledged);
        deployments.forEach(Deployment::stop);
        worker.pause();
        topics.clear();
    }

    @Override
    public void close() {
        worker.close();
        topics.close();
    }
}
