// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.position.ServerTimeline;
import dev.tributary.postgres.PublicationAge;
import dev.tributary.postgres.TableName;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether tables are those that an offset knows, and have been published all the time since.
 *
 * @param isSameServer whether the offset is of this server, or does not say of which. The oids of publications say
 *     nothing of those of another, such as the cluster before {@code pg_upgrade}, which keeps only those of tables
 * @param older the tables that another publication than that of the offset has had since before the position of the
 *     slot; null if the publication has the same name
 */
record Continuity(boolean isSameServer, @Nullable Set<TableName> older) {

    /** For what is known in the run that goes on. */
    static final Continuity OF_THIS_RUN = new Continuity(true, null);

    private static final Continuity OF_ANOTHER_SERVER = new Continuity(false, null);

    /** @param stored the stored offset */
    static Continuity of(SnapshotSetup setup, Map<String, ?> stored) throws SQLException {
        if (isOfAnotherServer(setup.parts().point().server(), stored)) {
            return OF_ANOTHER_SERVER;
        }
        String publication = setup.config().publicationName();
        Object before = stored.get(BackfillState.PUBLICATION);
        // An offset of an earlier version does not name its publication.
        return before == null || before.equals(publication)
                ? OF_THIS_RUN
                : new Continuity(
                        true,
                        PublicationAge.olderTables(
                                setup.connection().connection(),
                                publication,
                                setup.config().slotName()));
    }

    /** An offset of an earlier version does not name its server. It does not know publications either. */
    static boolean isOfAnotherServer(Optional<ServerTimeline> server, Map<String, ?> stored) {
        Object known = stored.get(ServerTimeline.SYSTEM_ID);
        return known != null
                && server.filter(now -> !now.systemId().equals(known)).isPresent();
    }

    /**
     * Whether a table is one that is known, and has been published all the time since.
     *
     * @param now identifies the table as it is now
     * @param known what is known of the table with its name
     * @param skips whether the server skips changes that were made while there was no publication (Postgres 18). An
     *     older one refuses to send anything then, so that nothing is lost if it does send
     */
    boolean continues(TableName table, TableIdentity now, TableIdentity known, boolean skips) {
        if (!now.isSameTable(known) || known.isInterrupted()) {
            return false;
        }
        if (!isSameServer || known.publication().isEmpty()) {
            return true;
        }
        if (now.publication().equals(known.publication())) {
            return now.hasMemberOf(known);
        }
        return older == null ? !skips : older.contains(table);
    }

    /** What has happened to a table that is the same, but has not been published all the time. */
    String gap(TableIdentity known) {
        if (known.isInterrupted()) {
            return "not captured for a while (another name or schema, or unlogged), so changes of it are missing";
        }
        return older == null
                ? "not published for a while, so changes of it are missing"
                : "published by another publication until now (publication.name), and is in this one only since a moment"
                        + " ago, so changes of it may be missing";
    }
}
