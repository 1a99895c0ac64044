// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.BlockRanges;
import dev.tributary.capture.snapshot.CapturedTables;
import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.capture.snapshot.SnapshotProgress;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.snapshot.TableProgress;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.NewPartition;
import dev.tributary.postgres.PublishedTables;
import dev.tributary.postgres.TableName;
import io.debezium.DebeziumException;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The tables that are new to the connector, according to the stored offset and the catalog at its start.
 *
 * @param found the tables that are streamed
 * @param captured the tables whose rows have all been sent, or need not be, with their oids
 * @param pending the tables whose rows must be read, in order, with their oids
 * @param progress what is complete of those
 */
record BackfillPlan(
        Found found, Map<TableName, String> captured, Map<TableId, String> pending, SnapshotProgress progress) {

    private static final Logger LOG = LoggerFactory.getLogger(BackfillPlan.class);

    /**
     * Reads the catalog.
     *
     * @param reads whether tables that are new are read at all
     * @throws DebeziumException if the catalog cannot be read
     */
    static BackfillPlan of(SnapshotSetup setup, boolean reads) {
        try {
            BackfillPlan plan = of(setup, reads, find(setup, setup.connection()));
            setup.connection().commit();
            return plan;
        } catch (SQLException e) {
            throw new DebeziumException("The captured tables cannot be listed", e);
        }
    }

    private static BackfillPlan of(SnapshotSetup setup, boolean reads, Found found) throws SQLException {
        Optional<StoredOffset> stored = setup.parts().stored().filter(offset -> !offset.isOfUnfinishedSnapshot());
        Continuity continuity =
                Continuity.of(setup, stored.map(StoredOffset::values).orElse(Map.of()));
        Optional<SnapshotProgress> before = entry(stored, BackfillState.CAPTURED);
        if (before.isPresent() && !continuity.isSameServer()) {
            LOG.warn("The stored offset is of another server. Tables are recognized by their oids; whether all of their"
                    + " changes since have been published cannot be known");
        }
        SnapshotProgress progress = progress(stored, found, continuity, reads);
        // An offset without the entry is Debezium's or an earlier version's; its connector may have read all tables.
        Optional<SnapshotProgress> known = before.or(() -> begun(stored, found)).filter(any -> reads);
        List<TableId> pending = new ArrayList<>();
        before.ifPresent(sent -> warn(sent, found, continuity, reads));
        if (known.isPresent()) {
            for (TableId table : found.readable()) {
                if (isNew(SnapshotPlan.name(table), known.get(), found, continuity)) {
                    pending.add(table);
                }
            }
            pending.removeAll(empty(pending, found, setup.connection().connection()));
            pending.addAll(found.partitions()
                    .unread(known.get(), progress, pending, setup.connection().connection()));
            // The table that was begun comes first: only for that one it is known which rows may have moved.
            pending.sort(Comparator.comparing(table -> !progress.hasBegun(SnapshotPlan.name(table))));
        }
        Map<TableName, String> captured = new HashMap<>(found.partitions().identities());
        found.captured().stream()
                .map(SnapshotPlan::name)
                .forEach(table -> captured.put(table, found.identity(table).text()));
        Map<TableId, String> identified = new LinkedHashMap<>();
        for (TableId table : pending) {
            TableName name = SnapshotPlan.name(table);
            captured.remove(name);
            identified.put(table, found.identity(name).text());
        }
        return new BackfillPlan(found, captured, identified, progress);
    }

    /**
     * What is complete of the tables whose rows were being read. Nothing of one that was not published for a while:
     * changes of the rows that have been sent are missing. An offset of an earlier version does not show that.
     */
    private static SnapshotProgress progress(
            Optional<StoredOffset> stored, Found found, Continuity continuity, boolean reads) {
        SnapshotProgress progress = entry(stored, BackfillState.PROGRESS).orElse(SnapshotProgress.NONE);
        SnapshotProgress pending = entry(stored, BackfillState.PENDING).orElse(SnapshotProgress.NONE);
        for (TableId table : warn(pending, found, continuity, reads)) {
            progress = progress.without(SnapshotPlan.name(table));
        }
        return progress;
    }

    /**
     * The tables that are streamed.
     *
     * @param published with their oids
     * @param captured those of them that the filters include
     * @param readable those of the captured tables whose rows are read
     * @param partitions the partitions of these
     */
    record Found(PublishedTables published, List<TableId> captured, List<TableId> readable, Partitions partitions) {

        /** Identifies a table even if another table had, or later has, the same name. */
        TableIdentity identity(TableName table) {
            return TableIdentity.of(partitions.identity(table, published.identity(table)), published.member(table));
        }

        /** Whether a table is one that is known, and has been published all the time. */
        boolean continues(TableName table, String known, Continuity continuity) {
            return continuity.continues(table, identity(table), TableIdentity.parse(known), published.skipsMissing());
        }

        /**
         * Reports a table of which events are missing.
         *
         * @param known what was known of the table with its name
         * @param rows what happens to its rows
         */
        void warnOf(TableId table, String known, Continuity continuity, Rows rows) {
            TableIdentity before = TableIdentity.parse(known);
            boolean same = identity(SnapshotPlan.name(table)).isSameTable(before);
            LOG.warn(
                    "{} was {}; {}",
                    table,
                    same ? continuity.gap(before) : "replaced by another table of the same name",
                    switch (rows) {
                        case READ -> "its rows will be read, and rows that no longer exist keep their last event";
                        case STREAMED -> "rows that no longer exist keep their last event";
                        case NOT_READ ->
                            "its rows are not read while the connector streams (new.tables, snapshot.mode). To send them,"
                                    + " signal a snapshot of it";
                    });
        }
    }

    /** What happens to the rows of a table that is not the one that was known. */
    enum Rows {
        READ,
        STREAMED,
        NOT_READ
    }

    /** Reads the catalog over a connection. */
    static Found find(SnapshotSetup setup, PostgresConnection catalog) throws SQLException {
        PublishedTables published =
                PublishedTables.read(catalog.connection(), setup.config().publicationName());
        Set<TableId> all = catalog.getAllTableIds(setup.config().databaseName()).stream()
                .filter(table -> published.oids().containsKey(SnapshotPlan.name(table)))
                .collect(Collectors.toSet());
        CapturedTables filter = new CapturedTables(setup.config());
        List<TableId> readable = filter.readable(filter.of(all, included(setup)));
        return new Found(published, filter.of(all, List.of()), readable, Partitions.of(readable, catalog.connection()));
    }

    private static Optional<SnapshotProgress> entry(Optional<StoredOffset> stored, String key) {
        return stored.flatMap(offset -> SnapshotProgress.parse(offset.values().get(key)));
    }

    /**
     * The tables that a snapshot had begun to read, if its last row, which says that it is complete, was not stored,
     * and an earlier version has written its offset. The others had no rows, a transform dropped all of them, or they
     * are new: they are read again.
     */
    private static Optional<SnapshotProgress> begun(Optional<StoredOffset> stored, Found found) {
        return entry(stored, SnapshotProgress.KEY).map(progress -> {
            Map<TableName, TableProgress> known = new LinkedHashMap<>();
            Stream.concat(
                            found.partitions().identities().keySet().stream(),
                            found.captured().stream()
                                    .map(SnapshotPlan::name)
                                    .filter(table -> progress.table(table) != null))
                    .forEach(table -> known.put(
                            table, new TableProgress(found.identity(table).text(), BlockRanges.ALL)));
            return new SnapshotProgress(known);
        });
    }

    /** Reports the tables of which events are missing, and returns them. */
    private static List<TableId> warn(SnapshotProgress before, Found found, Continuity continuity, boolean reads) {
        List<TableId> interrupted = new ArrayList<>();
        for (TableId table : found.captured()) {
            TableProgress known = before.table(SnapshotPlan.name(table));
            if (known != null && !found.continues(SnapshotPlan.name(table), known.identity(), continuity)) {
                boolean isRead = reads && found.readable().contains(table);
                found.warnOf(table, known.identity(), continuity, isRead ? Rows.READ : Rows.NOT_READ);
                interrupted.add(table);
            }
        }
        return interrupted;
    }

    /** New partitions without rows that the role may not read: there is nothing to read. */
    private static Set<TableId> empty(List<TableId> pending, Found found, Connection connection) throws SQLException {
        Map<Long, TableId> oids = pending.stream()
                .collect(Collectors.toMap(
                        table -> found.published().oid(SnapshotPlan.name(table)), Function.identity()));
        oids.keySet().retainAll(NewPartition.empty(connection, oids.keySet()));
        return Set.copyOf(oids.values());
    }

    /**
     * A table with the name of a captured one and another oid is new, too, and so is one that was not published for a
     * while.
     */
    private static boolean isNew(TableName table, SnapshotProgress known, Found found, Continuity continuity) {
        TableProgress before = known.table(table);
        return before == null || !found.continues(table, before.identity(), continuity);
    }

    /** {@code snapshot.include.collection.list}. */
    private static Set<Pattern> included(SnapshotSetup setup) {
        return setup.config().getDataCollectionsToBeSnapshotted().stream()
                .map(pattern -> Pattern.compile(pattern, Pattern.CASE_INSENSITIVE))
                .collect(Collectors.toSet());
    }
}
