// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.position.Lsn;
import dev.tributary.position.ServerSnapshot;
import dev.tributary.position.StreamedSoFar;
import dev.tributary.postgres.ReadingSession;
import dev.tributary.postgres.TableDefinitionQuery;
import dev.tributary.postgres.TableName;
import dev.tributary.postgres.TableStorage;
import dev.tributary.postgres.TableStorageQuery;
import dev.tributary.row.RowImage;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
import io.debezium.spi.schema.DataCollectionId;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.errors.ConnectException;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Reads a part of a table as of a moment: what is sent of it fits between two changes of the stream.
 *
 * <p>It never waits for a lock for longer than a fraction of a second: the stream waits for it.
 */
public final class PartReader {

    /** Rows can be much larger than what they occupy in the blocks of their table: the rest is stored elsewhere. */
    private static final long MOST_BYTES = 16L << 20;

    private static final int NARROWER = 4;

    /** Sessions know the lower half of a transaction's id. */
    private static final long XIDS = 1L << 32;

    private final SnapshotSetup setup;
    private final PostgresPartition partition;
    private final StreamedSoFar streamed;
    private final Learner learner;
    private final Map<TableId, Structure> structures = new HashMap<>();
    private long floor = -1;
    private final long largestPartBytes;
    private long partBytes;
    private @Nullable ReadingSession session;

    /** Reads a table's columns from the catalog into Debezium's schema. */
    @FunctionalInterface
    public interface Learner {
        void learn(TableId table);
    }

    /**
     * What is to be read.
     *
     * @param missing the blocks that have not been read yet
     * @param condition rows to be read in place of them; null for none
     * @param single whether that is one row
     */
    record Wanted(BlockRanges missing, @Nullable String condition, boolean single) {}

    /**
     * What came of it.
     *
     * @param window what has been read; null if it has to be tried again
     * @param part what that is
     * @param isTooLarge whether it was more than may be kept in memory
     * @param isGone whether there is nothing to be read of the table, and never will be
     * @param restFirst whether trying again at once would be in vain
     * @param reason why it has to be tried again, where somebody should know; empty else
     */
    record Outcome(
            @Nullable RowWindow window,
            Backfill.@Nullable Part part,
            boolean isTooLarge,
            boolean isGone,
            boolean restFirst,
            String reason) {

        private static final Outcome GONE = new Outcome(null, null, false, true, false, "");
        private static final Outcome AGAIN = new Outcome(null, null, false, false, false, "");
        private static final Outcome TOO_LARGE = new Outcome(null, null, true, false, false, "");

        private static Outcome later(String reason) {
            return new Outcome(null, null, false, false, true, reason);
        }
    }

    /**
     * What a table looks like.
     *
     * @param definition changes when it does
     */
    private record Structure(String definition, Table table, TableSchema schema) {}

    /** @param partBytes how much of a table's files is read at a time, at most */
    PartReader(
            SnapshotSetup setup, PostgresPartition partition, StreamedSoFar streamed, Learner learner, long partBytes) {
        this.setup = setup;
        this.partition = partition;
        this.streamed = streamed;
        this.learner = learner;
        this.largestPartBytes = partBytes;
        this.partBytes = partBytes;
    }

    /**
     * Reads a part.
     *
     * @param offset where the stream is
     * @param next says what of the table as it is now
     * @throws SQLException if it cannot be read now, because somebody alters it, above all
     */
    Outcome read(TableId id, Map<String, ?> offset, Function<TableSource, Wanted> next)
            throws SQLException, InterruptedException {
        ReadingSession opened = session == null ? ReadingSession.open(setup.target(), "Tributary backfill") : session;
        session = opened;
        if (floor < 0) {
            floor = floor(opened);
        }
        Outcome outcome = read(opened, id, offset, next);
        if (session != null) {
            opened.end();
        }
        return outcome;
    }

    private Outcome read(ReadingSession opened, TableId id, Map<String, ?> offset, Function<TableSource, Wanted> next)
            throws SQLException, InterruptedException {
        ServerSnapshot moment = ServerSnapshot.parse(opened.ask(ServerSnapshot.SQL));
        Lsn end = new Lsn(opened.endOfWal());
        String unready = unready(moment);
        if (unready != null) {
            return Outcome.later(unready);
        }
        TableName name = SnapshotPlan.name(id);
        String definition = definition(opened, name);
        if (definition == null) {
            return Outcome.GONE;
        }
        // For a moment that is older than a rewrite the table would be empty: none can happen from here on.
        opened.lock(name);
        Structure structure = structures.get(id);
        if (structure == null || !structure.definition().equals(definition)) {
            opened.end();
            return learn(id, definition) ? Outcome.AGAIN : Outcome.GONE;
        }
        Optional<TableStorage> storage = TableStorageQuery.read(opened.connection(), List.of(name)).stream()
                .findFirst();
        if (storage.isEmpty() || storage.get().rewritten()) {
            return Outcome.later("");
        }
        Optional<TableSource> source = source(opened.connection(), id, structure, storage.get(), offset);
        return source.isEmpty() ? Outcome.GONE : read(opened, moment, end, structure, source.get(), next);
    }

    private static @Nullable String definition(ReadingSession opened, TableName name) throws SQLException {
        return TableDefinitionQuery.read(opened.connection(), List.of(name)).get(name);
    }

    /**
     * The id that the next transaction would have. Whatever is running now, and has written anything, has a lower one. A standby
     * does not give out ids; there it is what comes behind the last that is over.
     */
    private static long floor(ReadingSession opened) throws SQLException {
        ServerSnapshot now = ServerSnapshot.parse(opened.ask(ServerSnapshot.SQL));
        long floor =
                now.exact() ? Long.parseLong(opened.ask("SELECT pg_catalog.pg_current_xact_id()::text")) : now.xmax();
        opened.end();
        return floor;
    }

    /**
     * Why it is too early to read at a moment; null if it is not. It has to see all that was streamed, or a row would go back in
     * time. And a transaction that was running when this began may have changed the table before the publication had it: such
     * changes are not streamed, so the rows are read when it is over.
     */
    private @Nullable String unready(ServerSnapshot moment) {
        if (moment.xmin() < floor) {
            String oldest = Long.toString(moment.xmin() % XIDS);
            return "transaction " + oldest + " was there before the new tables were published, and is still running;"
                    + " SELECT pid, xact_start, query FROM pg_stat_activity WHERE backend_xid = '" + oldest
                    + "' tells whose it is";
        }
        return streamed.isSeenBy(moment) ? null : "";
    }

    /** False if there is nothing to be read. While no lock is held: Debezium's queries may have to wait for whoever waits for it. */
    private boolean learn(TableId id, String definition) throws SQLException {
        try {
            learner.learn(id);
        } catch (ConnectException e) {
            throw new SQLException(e.getMessage(), e);
        }
        Table table = setup.schema().tableFor(id);
        TableSchema schema = setup.schema().schemaFor(id);
        if (table == null || schema == null || table.columns().isEmpty()) {
            return false;
        }
        structures.put(id, new Structure(definition, table, schema));
        return true;
    }

    private Optional<TableSource> source(
            Connection connection, TableId id, Structure structure, TableStorage storage, Map<String, ?> offset)
            throws SQLException, InterruptedException {
        Instant now = Instant.now();
        PostgresOffsetContext context = new PostgresOffsetContext.Loader(setup.config()).load(offset);
        Map<DataCollectionId, String> overrides = new HashMap<>(setup.config().getSnapshotSelectOverridesByTable());
        return new TableSources(
                        setup,
                        Map.of(id, new TableStructures.Structure(structure.table(), structure.schema())),
                        partition,
                        context,
                        now,
                        select -> TableSources.columns(connection, select),
                        overrides,
                        Map.of())
                .of(new SnapshotPlan.Entry(id, storage));
    }

    private Outcome read(
            ReadingSession opened,
            ServerSnapshot moment,
            Lsn end,
            Structure structure,
            TableSource source,
            Function<TableSource, Wanted> next)
            throws SQLException {
        Wanted wanted = next.apply(source);
        BlockRange range = wanted.condition() == null ? first(source, wanted.missing()) : null;
        List<RowImage> rows = new ArrayList<>();
        if (range != null || wanted.condition() != null) {
            String select = range == null
                    ? source.query().where(String.valueOf(wanted.condition()))
                    : source.query().statement(range);
            boolean narrow = range == null ? wanted.single() : isNarrow(source, range);
            if (!copy(opened, select, source.columns(), narrow ? Long.MAX_VALUE : MOST_BYTES, rows)) {
                close();
                partBytes = range == null ? partBytes : Math.max(1, partBytes / NARROWER);
                return Outcome.TOO_LARGE;
            }
            partBytes = Math.min(largestPartBytes, partBytes * 2);
        }
        return new Outcome(
                new RowWindow(moment, end, RowKey.of(structure.table()), rows),
                new Backfill.Part(source, range),
                false,
                false,
                false,
                "");
    }

    /** Whether it cannot be made narrower. */
    private static boolean isNarrow(TableSource source, BlockRange range) {
        return !source.query().byBlocks()
                || Math.min(range.to(), source.storage().largestBlocks()) - range.from() <= 1;
    }

    /** The first blocks that are missing; null if none are. */
    private @Nullable BlockRange first(TableSource source, BlockRanges missing) {
        if (missing.isEmpty()) {
            return null;
        }
        BlockRange range = missing.ranges().get(0);
        if (!source.query().byBlocks()) {
            return BlockRange.ALL;
        }
        long to = range.from() + source.blocksOf(partBytes);
        // Behind the blocks that there are a range stays open: rows that are added meanwhile may lie there.
        boolean last = to >= range.to() || to >= source.storage().largestBlocks();
        return last ? range : new BlockRange(range.from(), to);
    }

    /** False if there was more than that: then the connection is in the middle of it, and good for nothing. */
    private static boolean copy(ReadingSession opened, String select, int columns, long mostBytes, List<RowImage> rows)
            throws SQLException {
        CopyOut copy =
                opened.connection().unwrap(PGConnection.class).getCopyAPI().copyOut("COPY (" + select + ") TO STDOUT");
        long bytes = 0;
        byte[] row = copy.readFromCopy();
        while (row != null) {
            bytes += row.length;
            if (bytes > mostBytes) {
                return false;
            }
            rows.add(RowImage.ofCopyText(row, columns));
            row = copy.readFromCopy();
        }
        return true;
    }

    /** Lets go of the connection; the next part opens another. */
    void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
