// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.handover.RecordLane;
import dev.tributary.metrics.Journal;
import dev.tributary.metrics.Registration;
import dev.tributary.position.Lsn;
import dev.tributary.postgres.SharedSnapshot;
import dev.tributary.postgres.SnapshotSession;
import dev.tributary.postgres.TableName;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.pipeline.source.spi.ChangeEventSource.ChangeEventSourceContext;
import io.debezium.relational.TableId;
import io.debezium.spi.schema.DataCollectionId;
import io.debezium.util.Clock;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt to take a snapshot, at a moment at which all of its tables are locked and unchanged.
 *
 * <p>Reading is spread over the threads of {@link Readers}; all of them share one {@link SnapshotRun}.
 */
final class SnapshotAttempt {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotAttempt.class);

    private final SnapshotSetup setup;
    private final SharedSnapshot shared;
    private final SnapshotMoment moment;

    private SnapshotAttempt(SnapshotSetup setup, SharedSnapshot shared, SnapshotMoment moment) {
        this.setup = setup;
        this.shared = shared;
        this.moment = moment;
    }

    /** @param always the entries that every offset has */
    static SnapshotAttempt at(
            Lsn point,
            PostgresPartition partition,
            SnapshotSetup setup,
            SharedSnapshot shared,
            Map<String, String> always)
            throws SQLException, InterruptedException {
        Instant taken = shared.byKeeper(TakenAt::of);
        return new SnapshotAttempt(
                setup, shared, new SnapshotMoment(partition, offsetAt(setup, point, taken), taken, always));
    }

    /** The offset that a snapshot at a position begins with, as Debezium would make it. */
    private static PostgresOffsetContext offsetAt(SnapshotSetup setup, Lsn point, Instant taken) throws SQLException {
        PostgresOffsetContext offset =
                PostgresOffsetContext.initialContext(setup.config(), setup.connection(), Clock.system());
        Long transaction = setup.connection().currentTransactionId();
        setup.connection().commit();
        offset.updateWalPosition(
                io.debezium.connector.postgresql.connection.Lsn.valueOf(point.value()),
                null,
                taken,
                transaction,
                null,
                null);
        offset.preSnapshotStart(false);
        return offset;
    }

    PostgresOffsetContext offset() {
        return moment.offset();
    }

    /** Returns how the tables are read at this moment. */
    TableSources sources(Map<TableId, TableStructure> structures, Map<DataCollectionId, String> overrides) {
        return new TableSources(
                setup,
                structures,
                moment,
                overrides,
                select -> shared.byKeeper(keeper -> TableSources.columns(keeper, select)));
    }

    /**
     * Reads and sends the rows of all tables; those of an interrupted snapshot that are complete are not read again.
     */
    void take(
            ChangeEventSourceContext running,
            SnapshotPlan plan,
            TableSources sources,
            Optional<InterruptedSnapshot> interrupted,
            SnapshotReports reports)
            throws Exception {
        SnapshotProgress complete =
                interrupted.map(InterruptedSnapshot::progress).orElse(SnapshotProgress.NONE);
        StaleRows stale = interrupted.map(InterruptedSnapshot::stale).orElseGet(StaleRows::new);
        List<TableRun> tables = runs(plan, sources, complete, reports);
        SnapshotPace pace = new SnapshotPace(tables, setup.chunkBytes(), System::nanoTime);
        try (Registration status = Registration.of("snapshot", setup.config().getLogicalName(), pace);
                SlotWatch slot = SlotWatch.of(setup, pace)) {
            SnapshotWatch watch = new SnapshotWatch(moment, setup.parts().dispatcher(), reports, tables, pace);
            BooleanSupplier keepRunning = () -> {
                slot.assertKept();
                return running.isRunning();
            };
            journal("A snapshot begins: " + tables.size() + " tables, about " + pace.getEstimatedRows()
                    + " rows to read");
            read(tables, complete.of(identities(tables)), stale, watch, keepRunning);
            journal("The snapshot is complete: " + pace.getRows() + " rows were read");
        }
    }

    private void journal(String text) {
        Journal.of(setup.config().getLogicalName()).add(Journal.Kind.STATE, Journal.Severity.INFO, text);
    }

    private List<TableRun> runs(
            SnapshotPlan plan, TableSources sources, SnapshotProgress complete, SnapshotReports reports)
            throws SQLException, InterruptedException {
        List<TableRun> runs = new ArrayList<>();
        for (SnapshotPlan.Entry entry : plan.tables()) {
            Optional<TableSource> source = sources.of(entry);
            if (source.isPresent()) {
                BlockRanges blocks =
                        complete.blocks(source.get().name(), source.get().identity());
                if (blocks.isEmpty() && complete.hasBegun(source.get().name())) {
                    LOG.info(
                            "{} was rewritten, truncated or attached since rows of it were sent; it is read from its"
                                    + " beginning",
                            source.get().name());
                }
                runs.add(new TableRun(source.get(), blocks, setup.chunkBytes()));
            } else {
                reports.listener().dataCollectionSnapshotCompleted(moment.partition(), entry.id(), 0);
            }
        }
        return runs;
    }

    private static Map<TableName, String> identities(List<TableRun> tables) {
        Map<TableName, String> identities = new LinkedHashMap<>();
        tables.forEach(
                table -> identities.put(table.source().name(), table.source().identity()));
        return identities;
    }

    private void read(
            List<TableRun> tables,
            SnapshotProgress complete,
            StaleRows stale,
            SnapshotWatch watch,
            BooleanSupplier keepRunning)
            throws Exception {
        SnapshotStamp stamp = new SnapshotStamp(complete, moment.always());
        try (RecordLane lane = setup.parts().lanes().open(stamp)) {
            SnapshotRun run = new SnapshotRun(tables, complete, lane, watch, setup.keptBytes() > 0);
            stamp.follow(run);
            readStaleRows(run, tables, stale, keepRunning);
            Readers.run(setup.readers(), "tributary-snapshot", others -> {
                try (SnapshotSession session = shared.session()) {
                    reader(run, session, () -> keepRunning.getAsBoolean() && others.areWell())
                            .readChunks();
                }
            });
            shared.assertLocked();
            moment.offset().preSnapshotCompletion();
            run.finish();
            moment.offset().postSnapshotCompletion();
        }
    }

    /** Tables that are complete, or read from their beginning, need no rows again. */
    private void readStaleRows(SnapshotRun run, List<TableRun> tables, StaleRows stale, BooleanSupplier keepRunning)
            throws SQLException, InterruptedException {
        try (SnapshotSession session = shared.session()) {
            ChunkReader reader = reader(run, session, keepRunning);
            for (TableRun table : tables) {
                if (table.isBegun() && table.isWaiting()) {
                    for (String condition : stale.conditions(table.source().id())) {
                        reader.readRows(table.source(), table.source().query().where(condition));
                    }
                }
            }
        }
    }

    private ChunkReader reader(SnapshotRun run, SnapshotSession session, BooleanSupplier keepRunning) {
        return new ChunkReader(run, setup.parts().failures(), shared, session, setup.keptBytes(), keepRunning);
    }
}
