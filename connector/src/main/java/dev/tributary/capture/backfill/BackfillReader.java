// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.BlockRange;
import dev.tributary.capture.snapshot.BlockRanges;
import dev.tributary.capture.snapshot.Chunk;
import dev.tributary.capture.snapshot.RowCopy;
import dev.tributary.capture.snapshot.SnapshotMoment;
import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.snapshot.TableSource;
import dev.tributary.capture.snapshot.TableSources;
import dev.tributary.capture.snapshot.TableStructure;
import dev.tributary.failure.ShownText;
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
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import io.debezium.relational.TableSchema;
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

/**
 * Reads a chunk of a table as of a moment, so that its rows fit between two changes of the stream.
 *
 * <p>It never waits for a lock for longer than a fraction of a second, because the stream waits for it.
 */
final class BackfillReader implements AutoCloseable {

    /** Rows can be much larger than their blocks, because large values are stored elsewhere. */
    private static final long LARGEST_WINDOW_BYTES = 16L << 20;

    private static final int NARROWER = 4;

    private final SnapshotSetup setup;
    private final PostgresPartition partition;
    private final StreamedSoFar streamed;
    private final PostgresConnection catalog;
    private final long largestChunkBytes;
    private final Map<TableId, KnownStructure> structures = new HashMap<>();
    private @Nullable MomentCheck check;
    private @Nullable ReadingSession session;
    private long chunkBytes;

    /** What turned out to be too large, and cannot be asked for in smaller pieces; null if nothing was. */
    private @Nullable Piece tooLarge;

    /** The smallest piece of a table that can be read. */
    private record Piece(TableName table, BlockRange range) {}

    /**
     * The structure of a table.
     *
     * @param definition a text that changes whenever the structure does
     */
    private record KnownStructure(String definition, TableStructure structure) {}

    /**
     * A moment that rows are read at.
     *
     * @param session sees the database as it was at the moment
     * @param snapshot the transactions that the moment sees
     * @param end the commit record of each of these is before this position
     */
    private record Moment(ReadingSession session, ServerSnapshot snapshot, Lsn end) {}

    /**
     * @param catalog reads the columns of tables into Debezium's schema
     * @param chunkBytes the size of a chunk in the files of its table, at most
     */
    BackfillReader(
            SnapshotSetup setup,
            PostgresPartition partition,
            StreamedSoFar streamed,
            PostgresConnection catalog,
            long chunkBytes) {
        this.setup = setup;
        this.partition = partition;
        this.streamed = streamed;
        this.catalog = catalog;
        this.largestChunkBytes = chunkBytes;
        this.chunkBytes = chunkBytes;
    }

    /**
     * Reads rows of a table.
     *
     * @param sentAs the table as whose rows they are sent: of a partition, the partitioned table
     * @param offset where the stream is
     * @param next decides what to read of the table as it is now
     * @throws SQLException if the table cannot be read now, mostly because somebody alters it
     */
    Reading read(TableId table, TableId sentAs, Map<String, ?> offset, Function<TableSource, Request> next)
            throws SQLException, InterruptedException {
        ReadingSession opened = session == null ? ReadingSession.open(setup.target(), "Tributary backfill") : session;
        session = opened;
        if (check == null) {
            check = MomentCheck.startingNow(opened, streamed);
        }
        Reading reading = read(opened, check, SnapshotPlan.name(table), sentAs, offset, next);
        if (session != null) {
            opened.end();
        }
        return reading;
    }

    private Reading read(
            ReadingSession opened,
            MomentCheck moments,
            TableName name,
            TableId id,
            Map<String, ?> offset,
            Function<TableSource, Request> next)
            throws SQLException, InterruptedException {
        ServerSnapshot snapshot = ServerSnapshot.parse(opened.ask(ServerSnapshot.SQL));
        Moment moment = new Moment(opened, snapshot, new Lsn(opened.endOfWal()));
        Optional<Reading> objection = moments.objection(snapshot);
        if (objection.isPresent()) {
            return objection.get();
        }
        TableName described = SnapshotPlan.name(id);
        String definition = TableDefinitionQuery.read(opened.connection(), List.of(described))
                .get(described);
        if (definition == null) {
            return new Reading.Gone();
        }
        // After a rewrite the table looks empty to older moments. The lock prevents one from here on.
        opened.lock(name);
        KnownStructure known = structures.get(id);
        if (known == null || !known.definition().equals(definition)) {
            opened.end();
            return learn(id, definition) ? new Reading.Again() : new Reading.Gone();
        }
        Optional<TableStorage> storage = TableStorageQuery.read(opened.connection(), List.of(name)).stream()
                .findFirst();
        if (storage.isEmpty() || storage.get().rewritten()) {
            return new Reading.Soon();
        }
        Optional<TableSource> source = source(opened.connection(), id, known.structure(), storage.get(), offset);
        return source.isEmpty() ? new Reading.Gone() : read(moment, known.structure(), source.get(), next);
    }

    /**
     * Reads the structure of a table; returns false if nothing of it must be read. No lock is held meanwhile:
     * Debezium's queries may have to wait for a session that waits for this one.
     */
    private boolean learn(TableId id, String definition) throws SQLException {
        try {
            setup.parts().schema().refresh(catalog, id);
        } catch (ConnectException e) {
            throw new SQLException(ShownText.of(e), e);
        }
        Table table = setup.parts().schema().tableFor(id);
        TableSchema schema = setup.parts().schema().schemaFor(id);
        if (table == null || schema == null || table.columns().isEmpty()) {
            return false;
        }
        structures.put(id, new KnownStructure(definition, new TableStructure(table, schema)));
        return true;
    }

    private Optional<TableSource> source(
            Connection connection, TableId id, TableStructure structure, TableStorage storage, Map<String, ?> offset)
            throws SQLException, InterruptedException {
        PostgresOffsetContext loaded = new PostgresOffsetContext.Loader(setup.config()).load(offset);
        return new TableSources(
                        setup,
                        Map.of(id, structure),
                        new SnapshotMoment(partition, loaded, Instant.now(), Map.of()),
                        new HashMap<>(setup.config().getSnapshotSelectOverridesByTable()),
                        select -> TableSources.columns(connection, select))
                .of(new SnapshotPlan.Entry(id, storage));
    }

    private Reading read(
            Moment moment, TableStructure structure, TableSource source, Function<TableSource, Request> next)
            throws SQLException, InterruptedException {
        Request request = next.apply(source);
        BlockRange range = null;
        List<RowImage> rows = new ArrayList<>();
        if (request instanceof Request.Blocks blocks) {
            range = first(source, blocks.missing());
            if (range != null) {
                String select = new Chunk(source, range).select();
                Piece piece = new Piece(source.name(), range);
                if (piece.equals(tooLarge)) {
                    session = null;
                    return new Reading.Begun(
                            LongRead.start(moment.session(), moment.snapshot(), moment.end(), source, range, select));
                }
                if (!copy(moment, source, select, false, rows)) {
                    tooLarge = isNarrow(source, range) ? piece : null;
                    chunkBytes = Math.max(1, chunkBytes / NARROWER);
                    return new Reading.TooLarge();
                }
            }
        } else if (request instanceof Request.Rows wanted) {
            if (!copy(moment, source, source.query().where(wanted.condition()), wanted.single(), rows)) {
                return new Reading.TooLarge();
            }
        }
        chunkBytes = Math.min(largestChunkBytes, chunkBytes * 2);
        RowWindow window = new RowWindow(moment.snapshot(), moment.end(), RowKey.of(structure.table()), rows);
        return new Reading.Read(window, source, range);
    }

    /**
     * Returns false if there were more rows than may be kept in memory.
     *
     * @param single whether it is a single row, which must be kept in memory whatever its size
     */
    private boolean copy(Moment moment, TableSource source, String select, boolean single, List<RowImage> rows)
            throws SQLException, InterruptedException {
        boolean whole = RowCopy.read(
                moment.session().connection(),
                source,
                select,
                single ? Long.MAX_VALUE : LARGEST_WINDOW_BYTES,
                rows::add,
                moment.session()::abandon);
        if (!whole) {
            close();
        }
        return whole;
    }

    /** Whether a range cannot be made narrower. */
    private static boolean isNarrow(TableSource source, BlockRange range) {
        return !source.query().byBlocks()
                || Math.min(range.to(), source.storage().largestBlocks()) - range.from() <= 1;
    }

    /** Returns the first of the missing blocks, as many as fit; null if none are missing. */
    private @Nullable BlockRange first(TableSource source, BlockRanges missing) {
        if (missing.isEmpty()) {
            return null;
        }
        BlockRange range = missing.ranges().get(0);
        if (!source.query().byBlocks()) {
            return BlockRange.ALL;
        }
        long to = range.from() + source.blocksOf(chunkBytes);
        // After the last block the range stays open: rows that are added meanwhile may be there.
        boolean last = to >= range.to() || to >= source.storage().largestBlocks();
        return last ? range : new BlockRange(range.from(), to);
    }

    /** Tables are new from now on: changes of transactions that are running now may not have been published. */
    void newTables() {
        check = null;
    }

    /** Closes the connection; the next read opens another one. */
    @Override
    public void close() {
        if (session != null) {
            session.close();
            session = null;
        }
    }
}
