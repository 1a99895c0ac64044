// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.postgres.PublishedTables;
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
    private PublishedTables published;

    /**
     * @param reads whether tables that are new are read at all
     * @param appearances announces when to look
     * @param published the tables that are published at the start
     */
    Discovery(
            SnapshotSetup setup,
            PostgresConnection catalog,
            boolean reads,
            Appearances appearances,
            PublishedTables published) {
        this.setup = setup;
        this.catalog = catalog;
        this.reads = reads;
        this.appearances = appearances;
        this.published = published;
    }

    /** The tables that were published at the last look. */
    PublishedTables published() {
        return published;
    }

    /** Whether a table was created since the last look and has been published from its first row on. */
    boolean isCreatedMeanwhile(long oid) {
        return published.takesAll() && !published.existing().contains(oid);
    }

    /** Whether to look now. If all tables are published, each is from its first row on. */
    boolean isDue() {
        return appearances.take() && !published.takesAll();
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
        BackfillPlan.Found found = BackfillPlan.find(setup, catalog);
        published = found.published();
        boolean any = false;
        for (TableId table : found.captured()) {
            String oid = published.identity(SnapshotPlan.name(table));
            if (!state.knows(table, oid)) {
                any = true;
                add(state, table, oid, reads && found.readable().contains(table));
            }
        }
        return any;
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
