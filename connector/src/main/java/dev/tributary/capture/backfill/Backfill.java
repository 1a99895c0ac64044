// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.backfill.Discovery.Look;
import dev.tributary.capture.snapshot.BlockRange;
import dev.tributary.capture.snapshot.BlockRanges;
import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.capture.snapshot.SnapshotSetup;
import dev.tributary.capture.snapshot.StaleRows;
import dev.tributary.capture.snapshot.TableSource;
import dev.tributary.capture.stream.CaptureSchema;
import dev.tributary.capture.stream.InterleavedSource;
import dev.tributary.failure.ShownText;
import dev.tributary.position.ServerTimeline;
import dev.tributary.position.StoredOffset;
import dev.tributary.position.StreamedSoFar;
import dev.tributary.postgres.TableName;
import dev.tributary.row.RowImage;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.connector.postgresql.connection.PostgresConnection;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tables that are new to the connector while it streams: {@code new.tables=backfill}.
 *
 * <p>It works chunk by chunk. A few megabytes are read at one moment, wait in a {@link RowWindow} until the stream has
 * reached that moment, and are sent. So no row goes back in time, and the stream never waits for more than one chunk.
 * The offset of every record says what is complete, even of records that others send. See docs/adr/0009-new-tables.md.
 */
public final class Backfill implements InterleavedSource, AutoCloseable {

    /** The offset keys of the backfill. */
    public static final Set<String> KEYS = Set.of(
            BackfillState.CAPTURED,
            BackfillState.PUBLICATION,
            BackfillState.PROGRESS,
            BackfillState.PENDING,
            StoredOffset.HIDDEN_COLUMNS);

    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);

    private final Discovery discovery;
    private final CaptureSchema schema;
    private final StreamedSoFar streamed;
    private final BackfillReader reader;
    private final RowSender sender;
    private final BackfillState state;
    private final OffsetEntries entries;
    private final Rereads rereads = new Rereads();
    private final BackfillPace pace = new BackfillPace(System::nanoTime);

    /** The tables as the stream describes them; Debezium's schema may have been read from the catalog since. */
    private final Map<TableName, Table> streamedTables = new HashMap<>();

    /** Rows that wait for the stream. */
    private Reading.@Nullable Read waiting;

    /** Rows that are being read; null if all of them fit into {@link #waiting}. */
    private volatile @Nullable LongRead reading;

    private @Nullable Outlet outlet;

    private Backfill(
            SnapshotSetup setup,
            PostgresPartition partition,
            StreamedSoFar streamed,
            BackfillReader reader,
            BackfillPlan plan,
            Discovery discovery) {
        this.discovery = discovery;
        this.schema = setup.parts().schema();
        this.streamed = streamed;
        this.sender = new RowSender(setup, partition);
        this.reader = reader;
        this.state = new BackfillState(plan.captured(), plan.pending(), plan.progress());
        this.entries = new OffsetEntries(
                state,
                rereads,
                setup.config().publicationName(),
                setup.parts().point().serverEntries(),
                setup.parts().schema()::offsetEntries);
        if (!plan.pending().isEmpty()) {
            LOG.info(
                    "Tables new to this connector, which will be read while it streams: {}",
                    plan.pending().keySet());
        }
    }

    /**
     * Finds out what there is to read.
     *
     * @param catalog reads the columns of tables into Debezium's schema
     * @param reads whether tables that are new are read at all: {@code new.tables}
     * @param chunkBytes the size of a chunk in the files of its table, at most
     * @param appearances announces tables that are published later
     * @throws io.debezium.DebeziumException if the captured tables cannot be listed
     */
    public static Backfill of(
            SnapshotSetup setup,
            PostgresPartition partition,
            StreamedSoFar streamed,
            PostgresConnection catalog,
            boolean reads,
            long chunkBytes,
            Appearances appearances) {
        BackfillReader reader = new BackfillReader(setup, partition, streamed, catalog, chunkBytes);
        BackfillPlan plan = BackfillPlan.of(setup, reads);
        Discovery discovery = new Discovery(setup, catalog, reads, appearances, plan.found());
        return new Backfill(setup, partition, streamed, reader, plan, discovery);
    }

    @Override
    public void start(Outlet way) {
        outlet = way;
        entries.update();
    }

    @Override
    public void relation(TableId table, long oid) {
        TableName name = SnapshotPlan.name(table);
        Table described = schema.tableFor(table);
        if (described != null) {
            streamedTables.put(name, described);
        }
        changed(discovery.described(table, oid, state));
    }

    @Override
    public void relationElsewhere(long oid) {
        changed(discovery.describedElsewhere(oid, state));
    }

    @Override
    public void beforeChange(TableId table, long transaction, @Nullable RowImage before, @Nullable RowImage after)
            throws InterruptedException {
        TableId current = state.current();
        if (current == null || !SnapshotPlan.name(discovery.sentAs(current)).equals(SnapshotPlan.name(table))) {
            return;
        }
        LongRead unfinished = reading;
        if (unfinished != null) {
            sendBefore(unfinished, transaction);
        }
        Table described = Objects.requireNonNull(streamedTables.get(SnapshotPlan.name(table)));
        Reading.Read read = waiting;
        if (read != null) {
            RowKey key = RowKey.of(described);
            if (read.window().isDoubtful(transaction, key, before, after)) {
                invalidate();
            } else {
                send(read.source(), read.window().takeBefore(transaction, key, before, after), entries.now());
            }
        }
        if (after != null && after.lacksUnchanged(before) && mayHaveMoved(current, before)) {
            boolean first = !rereads.isNeeded(current);
            rereads.add(current, described, after);
            if (first) {
                entries.update();
            }
        }
    }

    /**
     * Whether a row may have moved from blocks that have not been read to blocks that have; with another key it is a
     * new row.
     */
    private boolean mayHaveMoved(TableId table, @Nullable RowImage before) {
        boolean begun = waiting != null || reading != null || state.hasBegun(table);
        return begun && (!state.hasAllBlocks(table) || before != null);
    }

    @Override
    public void betweenTransactions() throws InterruptedException {
        if (discovery.isDue()) {
            discover();
        }
        Reading.Read read = waiting;
        if (read != null) {
            if (!streamed.isAtLeast(read.window().end())) {
                return;
            }
            complete(read);
        }
        LongRead unfinished = reading;
        if (unfinished != null) {
            if (streamed.isAtLeast(unfinished.end())) {
                sendNext(unfinished, false);
            }
            return;
        }
        TableId current = state.current();
        if (current == null) {
            reader.close();
        } else if (pace.isDue()) {
            try {
                read(current);
            } catch (SQLException e) {
                reader.close();
                failed(current, e);
            }
        }
    }

    /**
     * A change is about to be sent of the table that is being read. It goes before the rows if the moment sees it, and
     * after all of them otherwise. Until the stream has reached the moment, older changes of the rows may follow: then
     * they are read again, a moment later.
     */
    private void sendBefore(LongRead unfinished, long transaction) throws InterruptedException {
        boolean reached = streamed.isAtLeast(unfinished.end());
        if (!reached && !unfinished.sees(transaction)) {
            giveUp();
            pace.pause();
        }
        while (reached && reading != null) {
            sendNext(unfinished, true);
        }
    }

    /** @param waits whether to wait until there is a row */
    private void sendNext(LongRead unfinished, boolean waits) throws InterruptedException {
        TableSource source = unfinished.source();
        try {
            send(source, unfinished.take(waits), entries.now());
            if (unfinished.isComplete()) {
                reading = null;
                complete(source, unfinished.range(), List.of());
            }
        } catch (SQLException e) {
            giveUp();
            failed(current(), e);
        }
    }

    private void giveUp() {
        LongRead unfinished = reading;
        if (unfinished != null) {
            unfinished.close();
            reading = null;
        }
    }

    private void discover() {
        try {
            Look look = discovery.look(state);
            if (look != Look.NOTHING) {
                reader.newTables();
            }
            changed(look);
        } catch (SQLException e) {
            discovery.again();
            pauseLong("The new tables cannot be listed at the moment: " + ShownText.of(e));
        }
    }

    private void changed(Look look) {
        if (look == Look.ANOTHER_BEGINNING) {
            invalidate();
            rereads.clear();
        }
        if (look != Look.NOTHING) {
            entries.update();
        }
    }

    private void read(TableId table) throws SQLException, InterruptedException {
        Reading next = reader.read(table, discovery.sentAs(table), offset(), this::next);
        if (next instanceof Reading.Read read) {
            pace.reset();
            waiting = read;
        } else if (next instanceof Reading.Begun begun) {
            pace.reset();
            reading = begun.read();
        } else if (next instanceof Reading.Gone) {
            discovery.gone(table, state);
            rereads.clear();
            entries.update();
        } else if (next instanceof Reading.TooLarge) {
            rereads.readFewer(table);
        } else if (next instanceof Reading.Soon) {
            pace.pause();
        } else if (next instanceof Reading.Later later) {
            pauseLong(later.reason());
        }
    }

    private void failed(TableId table, SQLException e) {
        rereads.failed(Objects.requireNonNullElse(e.getSQLState(), ""));
        pauseLong(table + " cannot be read at the moment: " + ShownText.of(e));
        if (!state.hasBegun(table)) {
            state.postponeCurrent();
        }
    }

    private void pauseLong(String reason) {
        if (pace.pauseLong()) {
            LOG.warn("The backfill waits: {}", reason);
        }
    }

    /** Decides what to read next of a table as it is now. */
    private Request next(TableSource source) {
        if (rereads.areTooMany()) {
            LOG.warn(
                    "Too many rows of {} have changed to read them again one by one; the table is read from its beginning",
                    source.name());
            rereads.clear();
            state.startOver(source.name());
            entries.update();
        }
        BlockRanges complete = state.complete(source.name(), source.identity());
        Optional<StaleRows.Keys> keys = rereads.next(current(), complete.isAll());
        return keys.isPresent()
                ? new Request.Rows(keys.get().condition(), keys.get().values().size() == 1)
                : new Request.Blocks(complete.missing());
    }

    /** The stream has reached the moment at which the rows were read: all that are left of them are sent. */
    private void complete(Reading.Read read) throws InterruptedException {
        waiting = null;
        complete(read.source(), read.range(), read.window().takeAll());
    }

    /** @param left the rows that have not been sent yet */
    private void complete(TableSource source, @Nullable BlockRange range, List<RowImage> left)
            throws InterruptedException {
        if (range == null) {
            rereads.complete();
        } else {
            state.complete(source.name(), source.identity(), range);
        }
        boolean all = state.complete(source.name(), source.identity()).isAll() && !rereads.isNeeded(current());
        if (all) {
            state.finish(current());
            rereads.clear();
        }
        Map<String, String> next = entries.next();
        send(source, left, next);
        entries.update(next);
        sender.report(source, all, state, pace);
    }

    /** Others send rows of the same tables: the waiting rows are dropped, and read again after theirs. */
    @Override
    public void invalidate() {
        waiting = null;
        giveUp();
    }

    @Override
    public boolean isWaiting() {
        LongRead unfinished = reading;
        return waiting != null || (unfinished != null && !streamed.isAtLeast(unfinished.end()));
    }

    @Override
    public Map<String, String> offsetEntries() {
        return entries.now();
    }

    /** Closes its connection. */
    @Override
    public void close() {
        giveUp();
        reader.close();
    }

    @Override
    public void serverChanged(ServerTimeline changed) {
        entries.serverChanged(changed);
    }

    /** The table that is being read. */
    private TableId current() {
        return Objects.requireNonNull(state.current());
    }

    /** @param last the additional offset entries of the last record */
    private void send(TableSource source, List<RowImage> images, Map<String, String> last) throws InterruptedException {
        sender.send(Objects.requireNonNull(outlet), source, images, entries.now(), last);
    }

    private Map<String, Object> offset() {
        return RowSender.with(Objects.requireNonNull(outlet).offset(), entries.now());
    }
}
