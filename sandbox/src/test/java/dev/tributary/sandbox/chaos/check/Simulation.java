// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.check.SimulatedLog.Unit;
import dev.tributary.sandbox.chaos.load.Change;
import dev.tributary.sandbox.chaos.load.LoadTable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A connector that keeps its promises: it takes a first snapshot, streams a random log, and what happens to it is
 * random: restarts, a snapshot that is resumed, a backfill, a reported loss, a promotion, snapshots by a signal, and a
 * stopped worker that sends late.
 */
final class Simulation {

    private static final long ALL = Long.MAX_VALUE;
    private static final int PARTITIONS = 3;

    final Random random;
    final boolean exactlyOnce;
    final boolean fullIdentity;
    final SimulatedLog log;
    final List<Sent> records = new ArrayList<>();
    /** The units that need not arrive. */
    final Set<Unit> optional = new HashSet<>();
    /** The keys of which the records do not say enough to find every mistake. */
    final Set<String> unsure = new HashSet<>();

    final List<Report> reports = new ArrayList<>();
    final List<RealLoss> losses = new ArrayList<>();
    /** The LSN up to which blocking snapshots may read ahead. */
    long readsAhead;

    private final String relation;
    private final Allowances.Builder allowances = Allowances.builder();
    private final List<Unit> units;
    /** The units that have been sent. */
    private int sent;
    /** The unit behind which no restart goes. */
    private int floor;

    /**
     * A record, before it has an offset.
     *
     * @param point the LSN of a snapshot; 0 for a record of the stream
     * @param marker {@code source.snapshot}; null for a record of the stream
     * @param partition the partition; that of a TRUNCATE is random, because it has no key
     */
    record Sent(
            Unit unit,
            char op,
            boolean vanished,
            long point,
            @Nullable String marker,
            int partition) {

        Sent(Unit unit, char op, boolean vanished) {
            this(unit, op, vanished, 0, null, Integer.parseInt(unit.key()) % PARTITIONS);
        }
    }

    Simulation(long seed) {
        // The first values of generators with neighbouring seeds are alike.
        this.random = new Random(seed * 0x9E3779B97F4A7C15L);
        this.exactlyOnce = random.nextBoolean();
        this.fullIdentity = random.nextBoolean();
        this.relation = (fullIdentity ? LoadTable.STOCK : LoadTable.ACCOUNT).relation();
        this.log = new SimulatedLog(random, relation).grow(10 + random.nextInt(60));
        this.units = log.units();
        if (!exactlyOnce) {
            allowances.repeats();
        }
        run();
    }

    private void run() {
        firstSnapshot();
        while (sent < units.size()) {
            stream(sent + 1 + random.nextInt(10));
            switch (random.nextInt(12)) {
                case 0, 1 -> restart();
                case 2, 3 -> incrementalSnapshot();
                case 4 -> blockingSnapshot();
                case 5 -> backfill();
                case 6 -> reportedLoss();
                case 7 -> promotion();
                case 8 -> stoppedWorker();
                default -> {}
            }
        }
    }

    private void firstSnapshot() {
        sent = border(random.nextInt(units.size() / 2 + 1));
        skip(0, sent);
        allowances.read(null, 0, lsn(sent), "first snapshot");
        Set<String> read = new HashSet<>();
        boolean resumed = random.nextBoolean();
        log.rowsAfter(sent).forEach((key, row) -> {
            if (!resumed || random.nextBoolean()) {
                read.add(key);
                read(row, sent + 1, "first");
            }
        });
        floor = sent;
        if (resumed) {
            stream(border(Math.min(units.size(), sent + random.nextInt(20))));
            floor = sent;
            log.rowsAfter(sent).forEach((key, row) -> {
                if (!read.contains(key) || random.nextBoolean()) {
                    read(row, units.size() + sent + 1, "last");
                }
            });
        }
    }

    private void stream(int end) {
        while (sent < Math.min(end, units.size())) {
            Unit unit = units.get(sent++);
            records.add(streamed(unit, false));
        }
    }

    private void restart() {
        if (!exactlyOnce) {
            sent = floor + random.nextInt(sent - floor + 1);
        }
    }

    private void incrementalSnapshot() {
        log.rowsAfter(sent).forEach((key, row) -> {
            if (random.nextBoolean()) {
                read(row, sent + 1, Arrival.INCREMENTAL);
            }
        });
    }

    private void blockingSnapshot() {
        int ahead = border(sent + random.nextInt(units.size() - sent + 1));
        allowances.readsAhead(relation, 0, lsn(ahead), "blocking snapshot");
        readsAhead = Math.max(readsAhead, lsn(ahead));
        log.rowsAfter(ahead).values().forEach(row -> read(row, ahead + 1, "true"));
        floor = sent;
    }

    private void backfill() {
        stream(border(sent));
        int from = sent;
        sent = border(sent + random.nextInt(units.size() - sent + 1));
        if (sent > from) {
            skip(from, sent);
            allowances.read(relation, lsn(from) + 1, lsn(sent), "not published");
            allowances.deletesLost(relation, lsn(from) + 1, lsn(sent), "not published");
            log.rowsAfter(sent).values().forEach(row -> read(row, 2L * units.size() + sent, "true"));
            floor = sent;
        }
    }

    private void reportedLoss() {
        stream(border(sent));
        int from = sent;
        sent = border(Math.min(units.size(), sent + random.nextInt(6)));
        if (sent > from) {
            skip(from, sent);
            allowances.lost(null, lsn(from) + 1, lsn(sent), "slot dropped");
            reported(LossKind.LOST, lsn(from) + 1, lsn(sent), true);
            floor = sent;
        }
    }

    private void promotion() {
        stream(border(sent));
        SimulatedLog branch = log.branch(sent).grow(1 + random.nextInt(6));
        allowances.vanished(branch.changes());
        long to = branch.changes().get(branch.changes().size() - 1).lsn();
        // It need not be reported, because the connector may not have read that far.
        long fork = sent == 0 ? 0 : units.get(sent - 1).change().lsn();
        reported(LossKind.UNDONE, fork, to, false);
        branch.units().forEach(unit -> {
            records.add(streamed(unit, true));
            if (unit.isDelete()) {
                unsure.add(unit.key());
            }
        });
        floor = sent;
    }

    private void stoppedWorker() {
        if (!exactlyOnce && sent > floor && random.nextInt(3) == 0) {
            int from = floor + random.nextInt(sent - floor);
            int to = from + random.nextInt(sent - from);
            allowances.strays(units.get(from).change().lsn(), lsn(to + 1), "worker stopped");
            for (Unit unit : units.subList(from, to + 1)) {
                records.add(streamed(unit, false));
            }
            long last = lsn(to + 1);
            long first = units.get(from).change().lsn();
            units.stream()
                    .filter(unit ->
                            unit.change().lsn() >= first && unit.change().lsn() <= last)
                    .forEach(unit -> unsure.add(unit.key()));
        }
    }

    private Sent streamed(Unit unit, boolean isVanished) {
        int partition = unit.isTruncate() ? random.nextInt(PARTITIONS) : Integer.parseInt(unit.key()) % PARTITIONS;
        return new Sent(unit, op(unit), isVanished, 0, null, partition);
    }

    private void read(Unit row, long point, String marker) {
        records.add(new Sent(row, Arrival.READ, false, point, marker, Integer.parseInt(row.key()) % PARTITIONS));
    }

    private void reported(LossKind kind, long from, long to, boolean certain) {
        losses.add(new RealLoss(Set.of(kind), from, to, certain, "a fault"));
        reports.add(new Report(kind, from, to, "a report"));
    }

    /** Deletes that may be missing can be taken for others, because a tombstone does not say what it follows. */
    private void skip(int from, int to) {
        List<Unit> skipped = units.subList(from, to);
        optional.addAll(skipped);
        skipped.stream().filter(Unit::isDelete).forEach(unit -> unsure.add(unit.key()));
    }

    /** The same count, or one more so that a delete and its tombstone stay together. */
    private int border(int count) {
        return count < units.size() && units.get(count).tombstone() ? count + 1 : count;
    }

    /** The LSN of the last of the first units. */
    private long lsn(int count) {
        return count == 0
                ? 0
                : count == units.size() ? ALL : units.get(count - 1).change().lsn();
    }

    private static char op(Unit unit) {
        return unit.tombstone() ? Arrival.TOMBSTONE : unit.change().op();
    }

    /** What the checker says if these records arrive, and this is reported. */
    Verdict check(List<Arrival> arrivals, List<Report> reported) {
        return Checker.check(
                arrivals,
                new Committed(log.changes(), Map.of(relation, log.rows())),
                allowances.build(),
                reported,
                losses);
    }

    /** The records with their offsets. */
    List<Arrival> arrivals(List<Sent> list) {
        List<Arrival> arrivals = new ArrayList<>();
        list.forEach(record -> arrivals.add(arrival(record, arrivals.size())));
        return arrivals;
    }

    private Arrival arrival(Sent record, int offset) {
        Unit unit = record.unit();
        Change change = unit.change();
        boolean hasRow = !unit.isDelete() && !unit.isTruncate();
        boolean hasTag = hasRow || (fullIdentity && unit.isDelete() && !unit.tombstone());
        return new Arrival(
                "chaos.public." + relation,
                record.partition(),
                offset,
                relation,
                unit.isTruncate() ? null : unit.key(),
                record.op(),
                hasTag ? change.tag() : null,
                hasRow ? change.seq() : 0,
                hasTag ? change.digest() : null,
                hasTag ? Arrival.Payload.MATCHES : Arrival.Payload.NONE,
                unit.tombstone() ? 0 : record.point() > 0 ? record.point() : change.lsn() - 3,
                record.marker());
    }
}
