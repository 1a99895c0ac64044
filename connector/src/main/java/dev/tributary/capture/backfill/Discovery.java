// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.postgres.Partition;
import dev.tributary.postgres.TableName;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds tables that are published while the connector streams, also in place of tables that were dropped. */
final class Discovery {

    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);

    private final SnapshotSetup setup;
    private final PostgresConnection catalog;
    private final boolean reads;
    private final Appearances appearances;
    private BackfillPlan.Found found;

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
    }

    /** Identifies a table, as it was at the last look. */
    String identity(TableName table) {
        return found.identity(table);
    }

    /** The table as whose rows those of a table are sent. */
    TableId sentAs(TableId table) {
        return found.partitions().sentAs(table);
    }

    /** Whether a table was created since the last look and has been published from its first row on. */
    boolean isCreatedMeanwhile(long oid) {
        return found.published().takesAll() && !found.published().existing().contains(oid);
    }

    /** Whether to look now. If all tables are published, each is from its first row on, but it can be attached. */
    boolean isDue() {
        return appearances.take()
                && (!found.published().takesAll() || found.partitions().arePossible());
    }

    /** The last look failed. */
    void again() {
        appearances.announce();
    }

    /**
     * Looks for tables that the backfill does not know, and adds them to its state.
     *
     * @return whether there were any
     */
    boolean look(BackfillState state) throws SQLException {
        BackfillPlan.Found before = found;
        found = BackfillPlan.find(setup, catalog);
        boolean any = false;
        for (TableId table : found.captured()) {
            TableName name = SnapshotPlan.name(table);
            if (state.knows(table, found.oid(name))) {
                any |= state.isCaptured(table) && state.capture(name, found.identity(name));
            } else if (!state.knows(table, found.identity(name))) {
                any = true;
                add(
                        state,
                        table,
                        found.identity(name),
                        reads && found.readable().contains(table));
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
            if (!state.knows(table, partition.identity())) {
                any = true;
                add(state, partition, table);
            }
        }
        return any;
    }

    private void add(BackfillState state, Partition partition, TableId table) throws SQLException {
        boolean isMissed = partition.mayHaveOlderRows(catalog.connection());
        if (isMissed && reads) {
            LOG.info(
                    "{} is a partition of {} now; its rows will be read while the connector streams",
                    partition.name(),
                    partition.root());
            state.add(table);
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

    private static void add(BackfillState state, TableId table, String oid, boolean isRead) {
        if (state.isCaptured(table)) {
            LOG.warn(
                    "{} was dropped and created again; rows of the dropped table that the new one does not have keep"
                            + " their last event",
                    table);
        }
        if (isRead) {
            LOG.info("{} has been published; its rows will be read while the connector streams", table);
            state.add(table);
        } else {
            state.capture(SnapshotPlan.name(table), oid);
        }
    }
}
