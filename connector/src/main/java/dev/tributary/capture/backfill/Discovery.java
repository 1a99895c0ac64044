// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.backfill.BackfillPlan.Rows;
import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.postgres.NewPartition;
import dev.tributary.postgres.Partition;
import dev.tributary.postgres.PublishedTables;
import dev.tributary.postgres.TableName;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds tables that are published while the connector streams, also in place of tables that were dropped. */
final class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private final SnapshotSetup setup;
    private final PostgresConnection catalog;
    private final boolean reads;
    private final Appearances appearances;
    private final Newcomers newcomers = new Newcomers();
    private final Absences absences;
    private BackfillPlan.Found found;

    /** What a look has found. */
    enum Look {
        NOTHING,
        CHANGES,

        /** What has been read of the current table, and has not been sent, must not be sent. */
        ANOTHER_BEGINNING
    }

    /**
     * @param reads whether tables that are new are read at all
     * @param appearances announces when to look
     * @param found the tables that are streamed at the start
     */
    Discovery(
            SnapshotSetup setup,
            PostgresConnection catalog,
            boolean reads,
            Appearances appearances,
            BackfillPlan.Found found) {
        this.setup = setup;
        this.catalog = catalog;
        this.reads = reads;
        this.appearances = appearances;
        this.found = found;
        this.absences = new Absences(found);
    }

    /** The table as whose rows those of a table are sent. */
    TableId sentAs(TableId table) {
        return found.partitions().sentAs(table);
    }

    /**
     * The stream describes a table. One that was created since the last look, and has been published from its first row
     * on, is captured from now on, even if it was about to be read. Any other unknown table may have rows that nobody
     * has read.
     */
    Look described(TableId id, long oid, BackfillState state) {
        TableName table = SnapshotPlan.name(id);
        Look absence = described(table, oid, state);
        if (absence != Look.NOTHING) {
            return absence;
        }
        PublishedTables published = found.published();
        boolean isDoubtful = state.isPending(id) && newcomers.isDoubtful(table);
        TableIdentity identity = isDoubtful
                ? TableIdentity.parse(state.pending(id))
                : TableIdentity.of(Long.toString(oid), published.all());
        boolean isKnown = !isDoubtful && (published.isKnown(oid) || state.isPending(id));
        if (isKnown || state.isCaptured(table, identity)) {
            return Look.NOTHING;
        }
        if (!published.takesAll() && !isDoubtful) {
            appearances.announce();
            return Look.NOTHING;
        }
        try {
            boolean isStreamed = newcomers.isStreamed(catalog.connection(), table, oid);
            newcomers.decide(table);
            if (isStreamed) {
                boolean isCurrent = id.equals(state.current());
                state.forget(id);
                state.capture(table, identity.text());
                return isCurrent ? Look.ANOTHER_BEGINNING : Look.CHANGES;
            }
        } catch (SQLException e) {
            LOG.debug("{} is looked at later: {}", table, e.getMessage());
        }
        appearances.announce();
        return Look.NOTHING;
    }

    /** The stream describes a table that is not captured. */
    Look describedElsewhere(long oid, BackfillState state) {
        return described(Newcomers.NOT_CAPTURED, oid, state);
    }

    private Look described(TableName table, long oid, BackfillState state) {
        newcomers.described(table, oid);
        Look absence = reads ? absences.described(table, oid, state) : Look.NOTHING;
        if (absence != Look.NOTHING) {
            appearances.announce();
        }
        return absence;
    }

    /** A table was not found when its rows were to be read. It may come back, perhaps before anybody looks. */
    void gone(TableId table, BackfillState state) {
        LOG.info("{} no longer exists, or none of it must be read", table);
        state.forget(table);
        appearances.expect();
    }

    /** Whether to look now. */
    boolean isDue() {
        return appearances.take();
    }

    /** The last look failed. */
    void again() {
        appearances.announce();
    }

    /** Looks for tables that the backfill does not know, and adds them to its state. */
    Look look(BackfillState state) throws SQLException {
        TableId current = state.current();
        BackfillPlan.Found before = found;
        found = BackfillPlan.find(setup, catalog);
        newcomers.looked(before.published(), found.published());
        Look absence = reads ? absences.looked(found, state) : Look.NOTHING;
        boolean any = absence != Look.NOTHING;
        boolean startsOver = absence == Look.ANOTHER_BEGINNING;
        for (TableId table : found.captured()) {
            if (!state.isPending(table)) {
                any |= look(state, table, before.published());
            } else if (!continues(state, table)) {
                startsOver |= table.equals(current);
                newcomers.decide(SnapshotPlan.name(table));
                state.startOver(SnapshotPlan.name(table));
                any = true;
            }
            if (state.isPending(table)) {
                any |= state.identify(
                        table, found.identity(SnapshotPlan.name(table)).text());
            }
        }
        for (Partition partition : before.partitions().all()) {
            if (!found.partitions().contains(partition.name())) {
                any = true;
                LOG.info(
                        "{} is no partition of {} any more; its rows keep their last event",
                        partition.name(),
                        partition.root());
                state.remove(before.partitions().id(partition));
            }
        }
        for (Partition partition : found.partitions().all()) {
            TableId table = found.partitions().id(partition);
            if (!state.isPending(table)
                    && !state.captured(partition.name()).equals(Optional.of(partition.identity()))) {
                any = true;
                add(state, partition, table);
            }
        }
        if (startsOver || !Objects.equals(current, state.current())) {
            return Look.ANOTHER_BEGINNING;
        }
        return any ? Look.CHANGES : Look.NOTHING;
    }

    /** Whether a table whose rows are being read, or will be, has been published all the time. */
    private boolean continues(BackfillState state, TableId table) {
        boolean continues = found.continues(SnapshotPlan.name(table), state.pending(table), Continuity.OF_THIS_RUN);
        if (!continues) {
            found.warnOf(table, state.pending(table), Continuity.OF_THIS_RUN, Rows.READ);
        }
        return continues;
    }

    private void add(BackfillState state, Partition partition, TableId table) throws SQLException {
        boolean isMissed = partition.mayHaveOlderRows(catalog.connection());
        if (isMissed && reads) {
            LOG.info(
                    "{} is a partition of {} now; its rows will be read while the connector streams",
                    partition.name(),
                    partition.root());
            state.add(table, partition.identity());
            return;
        }
        if (isMissed) {
            LOG.warn(
                    "{} is a partition of {} now, and may have rows that were written before; they are not read"
                            + " (new.tables). To send them, signal a snapshot of {}",
                    partition.name(),
                    partition.root(),
                    partition.root());
        }
        state.capture(partition.name(), partition.identity());
    }

    /** Whether a table did not exist at the last look, and has been published since it was created. */
    private boolean isNewcomer(TableName table, PublishedTables before) throws SQLException {
        long oid = found.published().oid(table);
        if (before.isKnown(oid)) {
            return false;
        }
        return before.takesAll()
                ? before.all().equals(found.published().all())
                : NewPartition.isStreamed(catalog.connection(), setup.config().publicationName(), oid, before);
    }

    private boolean look(BackfillState state, TableId table, PublishedTables before) throws SQLException {
        TableName name = SnapshotPlan.name(table);
        TableIdentity identity = found.identity(name);
        Optional<String> known = state.captured(name);
        if (known.isPresent() && found.continues(name, known.get(), Continuity.OF_THIS_RUN)) {
            return state.capture(name, identity.text());
        }
        boolean isNewcomer = isNewcomer(name, before);
        boolean isStreamed = isNewcomer
                && (found.published().isOriginal(name)
                        || newcomers.isStreamed(
                                catalog.connection(), name, found.published().oid(name)));
        boolean isRead = reads && !isStreamed && found.readable().contains(table);
        Rows rows = isRead ? Rows.READ : isStreamed ? Rows.STREAMED : Rows.NOT_READ;
        known.ifPresent(other -> found.warnOf(table, other, Continuity.OF_THIS_RUN, rows));
        if (isRead) {
            LOG.info("{} has been published; its rows will be read while the connector streams", table);
            state.add(table, identity.text());
            if (isNewcomer) {
                newcomers.doubt(name);
            }
        } else {
            state.capture(name, identity.text());
        }
        return true;
    }
}
