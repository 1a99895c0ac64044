// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos;

import dev.tributary.sandbox.chaos.arena.Arena;
import dev.tributary.sandbox.chaos.arena.Delivery;
import dev.tributary.sandbox.chaos.arena.Ledger;
import dev.tributary.sandbox.chaos.arena.LogFiles;
import dev.tributary.sandbox.chaos.check.Allowances;
import dev.tributary.sandbox.chaos.check.Arrival;
import dev.tributary.sandbox.chaos.check.ArrivalReader;
import dev.tributary.sandbox.chaos.check.Checker;
import dev.tributary.sandbox.chaos.check.Committed;
import dev.tributary.sandbox.chaos.check.LossKind;
import dev.tributary.sandbox.chaos.check.RealLoss;
import dev.tributary.sandbox.chaos.check.Report;
import dev.tributary.sandbox.chaos.check.Rereads;
import dev.tributary.sandbox.chaos.check.Transactions;
import dev.tributary.sandbox.chaos.check.Verdict;
import dev.tributary.sandbox.chaos.check.Wholeness;
import dev.tributary.sandbox.chaos.load.Bank;
import dev.tributary.sandbox.chaos.load.Change;
import dev.tributary.sandbox.chaos.load.LoadTable;
import dev.tributary.sandbox.chaos.load.Truth;
import dev.tributary.sandbox.chaos.log.TransactionLog;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ends a round: the load stops, everything arrives, and is compared. */
final class Ending {

    private static final Duration READING = Duration.ofMinutes(2);

    /** A transaction that commits at the boundary of a loss may have its position before it. */
    private static final long BOUNDARY = 4_096;

    private final Arena arena;
    private final Delivery delivery;
    private final Screen screen;

    Ending(Arena arena, Delivery delivery, Screen screen) {
        this.arena = arena;
        this.delivery = delivery;
        this.screen = screen;
    }

    Verdict verdict() throws Exception {
        arena.load().close();
        long left = arena.ledger().untilReread().toMillis();
        if (left > 0) {
            TimeUnit.MILLISECONDS.sleep(left);
        }
        if (arena.awaitFlow().isEmpty()) {
            arena.ledger()
                    .problem("no event arrives at the end: " + arena.connect().describe());
        } else if (!arena.awaitAcknowledged()) {
            arena.ledger().problem("the slot is not moved up to the end of the load");
        }
        arena.measureOnce();
        if (arena.ledger().problems().isEmpty()) {
            arena.excess().forEach(arena.ledger()::problem);
        }
        arena.pulse().close();
        ArrivalReader reader = arena.reading().finish();
        Committed committed = committed();
        if (!reader.readAvailable(READING)) {
            arena.ledger().problem("the topics could not be read to their end");
        }
        List<Arrival> arrivals = reader.arrivals();
        screen.line(
                "        %,d records, %,d changes, %,d transactions",
                arrivals.size(), committed.changes().size(), arena.load().committed());
        Verdict verdict = Checker.check(
                arrivals,
                committed,
                allowances(arrivals, new Rereads(arrivals, committed)),
                reports(),
                losses(),
                transactions(reader));
        if (delivery.isWhole()) {
            compared(verdict.wholeness());
        }
        return verdict;
    }

    private Optional<Transactions> transactions(ArrivalReader reader) throws Exception {
        if (!delivery.isWhole()) {
            return Optional.empty();
        }
        TransactionLog log = LogFiles.read(arena.kafka(), reader.partitions());
        return Optional.of(new Transactions(log, reader.balances(), bankUntil()));
    }

    /** A check that had nothing to compare shows nothing. */
    private void compared(Wholeness wholeness) throws IOException {
        if (wholeness.sources() == 0) {
            arena.ledger().problem("no transaction was compared");
        }
        if (wholeness.balanced() == 0 && bankUntil() == Long.MAX_VALUE) {
            arena.ledger().problem("the sum of the bank was not compared");
        }
        if (wholeness.parts() > 0 && !LogFiles.contain(arena.connect().workers(), "It is committed in parts")) {
            arena.ledger().problem("transactions are marked as committed in parts, and no log says so");
        }
    }

    /** Where something is missing, is sent again, or no longer exists for the first time; the first snapshot is not. */
    private long bankUntil() {
        Ledger ledger = arena.ledger();
        LongStream excuses = Stream.concat(ledger.excuses().stream().skip(1), ledger.ahead().stream())
                .filter(excuse ->
                        excuse.kind() != Ledger.Excuse.Kind.STRAY && excuse.kind() != Ledger.Excuse.Kind.SENT_AHEAD)
                .filter(excuse -> excuse.relation().equals(Ledger.ALL) || Bank.has(excuse.relation()))
                .mapToLong(Ledger.Excuse::from);
        return LongStream.concat(excuses, ledger.undone().stream().mapToLong(Change::lsn))
                .map(from -> from - BOUNDARY)
                .min()
                .orElse(Long.MAX_VALUE);
    }

    private Committed committed() throws SQLException {
        try (Connection connection = arena.postgres().connect()) {
            Map<String, Map<String, String>> rows = new HashMap<>();
            for (LoadTable table : LoadTable.values()) {
                rows.put(table.relation(), Truth.rows(connection, table));
            }
            return new Committed(Truth.changes(connection), rows);
        }
    }

    private Allowances allowances(List<Arrival> arrivals, Rereads rereads) {
        Allowances.Builder allowances = Allowances.builder();
        if (!delivery.isExactlyOnce()) {
            allowances.repeats();
        }
        Ledger ledger = arena.ledger();
        for (Ledger.Excuse each : ledger.excuses()) {
            Ledger.Excuse excuse = each.from(each.from() - BOUNDARY);
            @Nullable String relation = excuse.relation().equals(Ledger.ALL) ? null : excuse.relation();
            switch (excuse.kind()) {
                case LOST -> allowances.lost(relation, excuse.from(), excuse.to(), excuse.why());
                case BACKFILL -> read(allowances, relation, excuse.from(), excuse.to(), excuse.why());
                case REREAD -> reread(allowances, rereads, each);
                case STRAY -> {
                    if (!delivery.isExactlyOnce()) {
                        allowances.strays(excuse.from(), excuse.to(), excuse.why());
                    }
                }
                case REPEATED -> allowances.repeats(excuse.from(), excuse.to(), excuse.why());
                case SNAPSHOT -> snapshot(allowances, arrivals, excuse);
                case READ_AHEAD, SENT_AHEAD -> throw new IllegalStateException("not among these: " + excuse);
            }
        }
        for (Ledger.Excuse ahead : ledger.ahead()) {
            if (ahead.kind() == Ledger.Excuse.Kind.READ_AHEAD) {
                allowances.readsAhead(ahead.relation(), ahead.from(), ahead.to(), ahead.why());
            } else if (!delivery.isExactlyOnce()) {
                allowances.sendsAhead(ahead.relation(), ahead.from() - BOUNDARY, ahead.to(), ahead.why());
            }
        }
        return allowances.vanished(ledger.undone()).build();
    }

    private static void reread(Allowances.Builder allowances, Rereads rereads, Ledger.Excuse excuse) {
        for (LoadTable table : LoadTable.values()) {
            String relation = table.relation();
            boolean isMeant =
                    excuse.relation().equals(Ledger.ALL) || excuse.relation().equals(relation);
            if (isMeant && rereads.happened(relation, excuse.from() - BOUNDARY)) {
                read(allowances, relation, excuse.from() - BOUNDARY, excuse.to(), excuse.why());
            }
        }
    }

    private static void read(Allowances.Builder allowances, @Nullable String relation, long from, long to, String why) {
        allowances.read(relation, from, to, why);
        allowances.deletesLost(relation, from, to, why);
    }

    /**
     * A snapshot covers the changes of a table up to the point of its rows, which they have as their position. If it
     * was interrupted, tables that were read before have an earlier point; the changes since then are streamed.
     */
    private static void snapshot(Allowances.Builder allowances, List<Arrival> arrivals, Ledger.Excuse excuse) {
        Map<String, Long> points = new HashMap<>();
        arrivals.stream()
                .filter(arrival -> arrival.op() == Arrival.READ && !"incremental".equals(arrival.snapshot()))
                .filter(arrival -> excuse.from() <= arrival.lsn() && arrival.lsn() <= excuse.to())
                .forEach(arrival -> points.merge(arrival.relation(), arrival.lsn(), Math::max));
        // A table that was empty has none.
        long last = points.values().stream().max(Comparator.naturalOrder()).orElse(excuse.from());
        for (LoadTable table : LoadTable.values()) {
            String relation = table.relation();
            read(allowances, relation, excuse.from(), points.getOrDefault(relation, last), excuse.why());
        }
    }

    private List<Report> reports() {
        return arena.ledger().reports().stream()
                .map(report -> new Report(
                        report.kind().equals("CHANGES_LOST") ? LossKind.LOST : LossKind.UNDONE,
                        report.from(),
                        report.to(),
                        report.kind()))
                .toList();
    }

    /** What a promotion loses, it loses, or undoes, or neither; it depends on how far the connector had read. */
    private List<RealLoss> losses() {
        return arena.ledger().losses().stream()
                .map(loss -> new RealLoss(
                        loss.certain() ? EnumSet.of(LossKind.LOST) : EnumSet.allOf(LossKind.class),
                        loss.from(),
                        loss.to(),
                        loss.certain(),
                        loss.why()))
                .toList();
    }
}
