// SPDX-License-Identifier: Apache-2.0
package dev.tributary.benchmarks.latency;

import dev.tributary.benchmarks.contest.Arena;
import dev.tributary.benchmarks.contest.Circumstances;
import dev.tributary.benchmarks.contest.Contestant;
import dev.tributary.benchmarks.contest.Contestants;
import dev.tributary.benchmarks.contest.Entrant;
import dev.tributary.benchmarks.contest.Lane;
import dev.tributary.benchmarks.contest.RecordLog;
import dev.tributary.benchmarks.workload.Backlog;
import dev.tributary.benchmarks.workload.BenchTable;
import dev.tributary.sandbox.Sandbox;
import dev.tributary.sandbox.SandboxException;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Measures the time from the commit of a change to a consumer that waits for it, at a steady rate. Each contestant is
 * measured after the other, with a worker that ends with the measurement.
 */
public final class LatencyBench {

    private static final String HEAP = "1g";
    private static final int WARM_UP_SECONDS = 10;
    private static final long STRAGGLERS_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final LatencyPlan plan;
    private final PrintStream out;

    public LatencyBench(LatencyPlan plan, PrintStream out) {
        this.plan = plan;
        this.out = out;
    }

    /** The ids of all contestants. */
    public static List<String> contestants() {
        return Contestants.ofLatency().stream().map(Contestant::id).toList();
    }

    /** Measures. This takes minutes. */
    public LatencyResult run(Sandbox sandbox) throws IOException, SQLException, InterruptedException {
        out.println("Starting servers");
        Arena arena = Arena.open(sandbox, Map.of());
        return run(arena, BenchTable.create(arena.postgres()), Contestants.ofLatency());
    }

    /** Measures contestants in an arena that is open. */
    public LatencyResult run(Arena arena, BenchTable table, List<Contestant> contestants)
            throws IOException, SQLException, InterruptedException {
        List<Entrant> entrants = new ArrayList<>();
        List<LatencyRound> rounds = new ArrayList<>();
        for (Contestant contestant : contestants) {
            if (plan.contestants().includes(contestant.id())) {
                out.println(contestant.title());
                entrants.add(Entrant.of(contestant));
                try (Lane lane = Lane.open(arena, contestant, BenchTable.TABLE, HEAP)) {
                    rounds.addAll(rounds(table, lane));
                }
            }
        }
        return new LatencyResult(
                Circumstances.of(arena), plan.perSecond(), plan.seconds(), plan.warmUp(), true, entrants, rounds);
    }

    private List<LatencyRound> rounds(BenchTable table, Lane lane) throws SQLException, InterruptedException {
        if (plan.warmUp() > 0) {
            lane.awaitRow(Backlog.load(table, plan.warmUp()).lastId());
        }
        measure(table, lane, 0, WARM_UP_SECONDS);
        List<LatencyRound> rounds = new ArrayList<>();
        for (int round = 1; round <= plan.rounds(); round++) {
            LatencyRound measured = measure(table, lane, round, plan.seconds());
            out.println(String.format(
                    Locale.ROOT,
                    "  %.0f/s: p50 %.2f  p90 %.2f  p99 %.2f  max %.1f ms (the commit alone: p50 %.2f  p99 %.2f ms)",
                    measured.perSecond(),
                    measured.latency().p50(),
                    measured.latency().p90(),
                    measured.latency().p99(),
                    measured.latency().max(),
                    measured.commit().p50(),
                    measured.commit().p99()));
            rounds.add(measured);
        }
        return rounds;
    }

    private LatencyRound measure(BenchTable table, Lane lane, int round, int seconds)
            throws SQLException, InterruptedException {
        SendTimes times = new SendTimes(table.rows() + 1, plan.perSecond() * seconds);
        lane.topic().seekToEnd();
        try (PacedInserts inserts = new PacedInserts(table, plan.perSecond())) {
            inserts.start(times);
            receive(times, lane, inserts);
            inserts.requireSuccess();
        }
        return new LatencyRound(
                lane.contestant().id(), round, times.count(), times.perSecond(), times.latencies(), times.commits());
    }

    /** Takes the time when a whole batch has arrived, and reads the batch after that. */
    private static void receive(SendTimes times, Lane lane, PacedInserts inserts) {
        int missing = times.count();
        long lastSent = System.nanoTime();
        while (missing > 0) {
            var records = lane.topic().next();
            long now = System.nanoTime();
            for (var record : records) {
                missing -= times.received(RecordLog.id(record.key()), now) ? 1 : 0;
            }
            if (!inserts.isDone()) {
                lastSent = now;
            } else if (now - lastSent > STRAGGLERS_NANOS) {
                lane.requireNotFailed();
                throw new SandboxException(
                        missing + " rows have not arrived; see " + lane.worker().logFile());
            }
        }
    }
}
