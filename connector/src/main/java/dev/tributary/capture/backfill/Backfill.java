// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.position.StreamedSoFar;
import dev.tributary.postgres.PublishedTables;
import dev.tributary.postgres.TableName;
import dev.tributary.record.Companion;
import dev.tributary.record.Records;
import dev.tributary.row.RowImage;
import io.debezium.connector.SnapshotRecord;
import io.debezium.connector.postgresql.PostgresOffsetContext;
import io.debezium.connector.postgresql.PostgresPartition;
import io.debezium.relational.Table;
import io.debezium.relational.TableId;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads tables that are new to the connector, while it streams: {@code new.tables=backfill}.
 *
 * <p>Part by part: a few megabytes are read as of a moment, wait in a {@link RowWindow} until the stream has come to that
 * moment, and are sent. So no row goes back in time, and the stream never has to wait for more than one part. What is complete
 * stands in the offset of each record, whoever sent it. See docs/adr/0009-new-tables.md.
 */
public final class Backfill implements Companion, AutoCloseable {

    /** Offset key: the tables whose rows have all been sent, or need not be. */
    static final String CAPTURED = "captured_tables";

    /** Offset key: the tables whose rows are being sent, and what of them is complete. */
    static final String PROGRESS = "backfill";

    /** The offset keys of it all. */
    public static final Set<String> KEYS = Set.of(CAPTURED, PROGRESS);

    private static final Logger LOG = LoggerFactory.getLogger(Backfill.class);
    private static final long BETWEEN_LINES_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long BETWEEN_WARNINGS_NANOS = TimeUnit.MINUTES.toNanos(1);
    private static final long SHORTEST_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** SQL states of a statement that is wrong, and of a value that is: trying it again is in vain. */
    private static final List<String> WRONG = List.of("42", "22");

    /** The identity of a table of which nothing is complete. */
    private static final String NOT_BEGUN = "-";

    private final SnapshotSetup setup;
    private final PostgresPartition partition;
    private final StreamedSoFar streamed;
    private final PartReader reader;
    private final PublishedTables published;

    /** The tables whose rows have all been sent, or need not be, with their oids. */
    private final Map<TableName, String> captured;

    private final Deque<TableId> pending;

    /** What tables look like to the stream; Debezium's schema may have been read from the catalog since. */
    private final Map<TableName, Table> streamedTables = new HashMap<>();

    private SnapshotProgress progress;
    private StaleRows stale;
    private StaleRows.@Nullable Keys rereading;
    private boolean hasReread;
    private int rereadAtOnce = StaleRows.MANY;
    private @Nullable Part part;
    private @Nullable RowWindow window;
    private @Nullable Outlet outlet;
    private volatile Map<String, String> note;
    private long notBeforeNanos = System.nanoTime();
    private long restNanos = SHORTEST_REST_NANOS;
    private long lineNanos = System.nanoTime();
    private long warningNanos = System.nanoTime() - BETWEEN_WARNINGS_NANOS;
    private long rows;

    /**
     * What has been read and waits.
     *
     * @param source of which table
     * @param range which of its blocks; null for rows that are read again by their keys
     */
    record Part(TableSource source, @Nullable BlockRange range) {}

    private Backfill(
            SnapshotSetup setup,
            PostgresPartition partition,
            StreamedSoFar streamed,
            PartReader reader,
            BackfillPlan plan) {
        this.setup = setup;
        this.partition = partition;
        this.streamed = streamed;
        this.reader = reader;
        this.published = plan.published();
        this.captured = new TreeMap<>(plan.captured());
        this.pending = new ArrayDeque<>(plan.pending());
        this.progress = plan.progress();
        this.stale = new StaleRows();
        this.note = noteOf(progress);
        if (!pending.isEmpty()) {
            LOG.info("New to this connector, and read while it streams: {}", pending);
        }
    }

    /**
     * What there is to do.
     *
     * @param reads whether tables that are new are read at all: {@code new.tables}
     * @param partBytes how much of a table's files is read at a time
     * @param learn reads a table's columns from the catalog into Debezium's schema
     * @throws io.debezium.DebeziumException if it cannot be told which tables are captured
     */
    public static Backfill of(
            SnapshotSetup setup,
            PostgresPartition partition,
            StreamedSoFar streamed,
            boolean reads,
            long partBytes,
            PartReader.Learner learn) {
        return new Backfill(
                setup,
                partition,
                streamed,
                new PartReader(setup, partition, streamed, learn, partBytes),
                BackfillPlan.of(setup, reads));
    }

    @Override
    public void begin(Outlet way) {
        outlet = way;
    }

    @Override
    public void learned(TableId table, long oid) {
        TableName name = SnapshotPlan.name(table);
        Table streamedTable = setup.schema().tableFor(table);
        if (streamedTable != null) {
            streamedTables.put(name, streamedTable);
        }
        // Made while this runs, and published from its first row on. Any other, renamed or published later, has rows
        // that
        // nobody has read: the next start finds it.
        boolean isBornHere = published.takesAll() && !published.existing().contains(oid);
        if (isBornHere && !Long.toString(oid).equals(captured.put(name, Long.toString(oid)))) {
            note = noteOf(progress);
        }
    }

    @Override
    public void change(TableId table, long transaction, @Nullable RowImage before, @Nullable RowImage after)
            throws InterruptedException {
        TableId current = pending.peek();
        if (current == null || !SnapshotPlan.name(current).equals(SnapshotPlan.name(table))) {
            return;
        }
        Table streamedTable = Objects.requireNonNull(streamedTables.get(SnapshotPlan.name(table)));
        if (window != null) {
            RowKey key = RowKey.of(streamedTable);
            if (window.isDoubtful(transaction, key, before, after)) {
                interrupted();
            } else {
                send(window.takeBefore(transaction, key, before, after), note);
            }
        }
        if (after != null && after.lacksUnchanged(before) && mayHaveMoved(current, before)) {
            boolean first = !isStale(current);
            stale.add(current, streamedTable, after);
            if (first) {
                note = noteOf(progress);
            }
        }
    }

    /** From where nobody has read to where everything has been read; a row with another key is another row. */
    private boolean mayHaveMoved(TableId table, @Nullable RowImage before) {
        SnapshotProgress.Part part = progress.tables().get(SnapshotPlan.name(table));
        boolean begun = window != null || progress.hasBegun(SnapshotPlan.name(table));
        boolean all = part != null && part.blocks().isAll();
        return begun && (!all || before != null);
    }

    /** Whether rows have to be read again by their keys, because they may have moved to where everything had been read. */
    private boolean isStale(TableId table) {
        return rereading != null || stale.has(table) || stale.isOverfull();
    }

    @Override
    public void rest() throws InterruptedException {
        RowWindow held = window;
        if (held != null) {
            if (!streamed.isAtLeast(held.end())) {
                return;
            }
            complete(held);
        }
        TableId current = pending.peek();
        if (current == null) {
            reader.close();
        } else if (System.nanoTime() - notBeforeNanos >= 0) {
            try {
                read(current);
            } catch (SQLException e) {
                reader.close();
                failed(current, e);
            }
        }
    }

    private void failed(TableId table, SQLException e) {
        String state = Objects.requireNonNullElse(e.getSQLState(), "");
        if (rereading != null && WRONG.stream().anyMatch(state::startsWith)) {
            // The key is not what it was.
            stale.overfill();
        }
        putOff(LONGEST_REST_NANOS, table + " cannot be read at the moment: " + e.getMessage());
        if (!progress.hasBegun(SnapshotPlan.name(table))) {
            // The others need not wait for it.
            pending.add(pending.remove());
        }
    }

    /** Others send rows of the same tables: what waits is read anew, behind them. */
    @Override
    public void interrupted() {
        window = null;
    }

    @Override
    public boolean isWaiting() {
        return window != null;
    }

    @Override
    public Map<String, String> note() {
        return note;
    }

    /** Lets go of its connection. */
    @Override
    public void close() {
        reader.close();
    }

    private void read(TableId table) throws SQLException, InterruptedException {
        PartReader.Outcome outcome = reader.read(table, offset(), this::next);
        if (outcome.isGone()) {
            LOG.info("{} is not there any more, or nothing of it is to be read", table);
            forget(table);
            note = noteOf(progress);
            return;
        }
        if (outcome.isTooLarge()) {
            readFewer(table);
        } else if (outcome.window() == null) {
            boolean known = !outcome.reason().isEmpty();
            putOff(!outcome.restFirst() ? 0 : known ? LONGEST_REST_NANOS : longerRest(), outcome.reason());
        } else {
            restNanos = SHORTEST_REST_NANOS;
            part = outcome.part();
            window = outcome.window();
        }
    }

    private void readFewer(TableId table) {
        if (rereading != null) {
            rereadAtOnce = Math.max(1, rereading.values().size() / 2);
            stale.putBack(table, rereading);
            rereading = null;
        }
    }

    private long longerRest() {
        restNanos = Math.min(LONGEST_REST_NANOS, restNanos * 2);
        return restNanos;
    }

    /** What is to be read next of a table as it is now. */
    private PartReader.Wanted next(TableSource source) {
        TableName name = source.name();
        if (stale.isOverfull()) {
            LOG.warn(
                    "Too many rows of {} have changed to read them again one by one: it is read from its beginning",
                    name);
            stale = new StaleRows();
            rereading = null;
            progress = without(name);
            note = noteOf(progress);
        }
        BlockRanges complete = progress.blocks(name, source.identity());
        // Neither keeps the other from coming to its end.
        boolean turn = complete.isAll() || (stale.isMany() && !hasReread);
        if (rereading == null && turn) {
            rereading = stale.take(source.id(), rereadAtOnce).orElse(null);
        }
        hasReread = rereading != null;
        return rereading == null
                ? new PartReader.Wanted(complete.missing(), null, false)
                : new PartReader.Wanted(
                        BlockRanges.NONE,
                        rereading.condition(),
                        rereading.values().size() == 1);
    }

    /** The stream has come to the moment at which the part was read: all that is left of it is sent. */
    private void complete(RowWindow held) throws InterruptedException {
        Part read = Objects.requireNonNull(part);
        TableSource source = read.source();
        if (read.range() == null) {
            rereading = null;
            rereadAtOnce = Math.min(StaleRows.MANY, rereadAtOnce * 2);
        } else {
            progress = progress.with(source.name(), source.identity(), read.range());
        }
        boolean all = progress.blocks(source.name(), source.identity()).isAll() && !isStale(source.id());
        if (all) {
            done(source.id());
        }
        Map<String, String> next = noteOf(progress);
        window = null;
        send(held.takeAll(), next);
        note = next;
        tell(source, all);
    }

    private void done(TableId table) {
        forget(table);
        captured.put(SnapshotPlan.name(table), published.identity(SnapshotPlan.name(table)));
    }

    private void forget(TableId table) {
        pending.remove(table);
        progress = without(SnapshotPlan.name(table));
        stale = new StaleRows();
        rereading = null;
    }

    private SnapshotProgress without(TableName table) {
        Map<TableName, SnapshotProgress.Part> rest = new LinkedHashMap<>(progress.tables());
        rest.remove(table);
        return new SnapshotProgress(rest);
    }

    /** @param last what the offset of the last of them has to say */
    private void send(List<RowImage> images, Map<String, String> last) throws InterruptedException {
        if (images.isEmpty()) {
            return;
        }
        Outlet way = Objects.requireNonNull(outlet);
        TableSource source = Objects.requireNonNull(part).source();
        Map<String, Object> offset = offset();
        PostgresOffsetContext context = new PostgresOffsetContext.Loader(setup.config()).load(offset);
        for (int i = 0; i < images.size(); i++) {
            if (i == images.size() - 1) {
                offset = way.offset();
                offset.putAll(last);
            }
            SnapshotRecords.Row row;
            try {
                row = source.records().of(images.get(i));
            } catch (RuntimeException e) {
                setup.dispatch().failed(source.id(), e);
                continue;
            }
            row.mark().set(SnapshotRecord.INCREMENTAL, SnapshotProgress.NONE);
            SourceRecord record = row.record();
            setup.dispatch().countRead(partition, source.id(), context, (Struct) record.key(), (Struct)
                    Objects.requireNonNull(record.value()));
            way.send(Records.withOffset(offset, record), row.bytes());
            rows++;
        }
    }

    private Map<String, Object> offset() {
        Map<String, Object> offset = Objects.requireNonNull(outlet).offset();
        offset.putAll(note);
        return offset;
    }

    /** Rows that may lie in a part that is complete, and are not yet read again, are not remembered by anybody after a crash. */
    private Map<String, String> noteOf(SnapshotProgress complete) {
        Map<TableName, SnapshotProgress.Part> known = new LinkedHashMap<>();
        captured.forEach((table, oid) -> known.put(table, new SnapshotProgress.Part(oid, BlockRanges.NONE)));
        Map<String, String> texts = new HashMap<>();
        texts.put(CAPTURED, new SnapshotProgress(known).text());
        if (!pending.isEmpty()) {
            Map<TableName, SnapshotProgress.Part> begun = new LinkedHashMap<>();
            for (TableId table : pending) {
                TableName name = SnapshotPlan.name(table);
                SnapshotProgress.Part of = complete.tables().get(name);
                begun.put(
                        name,
                        of == null || (table.equals(pending.peek()) && isStale(table))
                                ? new SnapshotProgress.Part(NOT_BEGUN, BlockRanges.NONE)
                                : of);
            }
            texts.put(PROGRESS, new SnapshotProgress(begun).text());
        }
        return Map.copyOf(texts);
    }

    private void putOff(long nanos, String reason) {
        long now = System.nanoTime();
        notBeforeNanos = now + nanos;
        if (!reason.isEmpty() && now - warningNanos >= BETWEEN_WARNINGS_NANOS) {
            warningNanos = now;
            LOG.warn("The backfill waits: {}", reason);
        }
    }

    private void tell(TableSource source, boolean all) {
        long now = System.nanoTime();
        if (all) {
            LOG.info("{} has been read beside the stream; {} rows in all", source.id(), rows);
        } else if (now - lineNanos >= BETWEEN_LINES_NANOS) {
            lineNanos = now;
            LOG.info(
                    "Reading {} beside the stream: blocks {} of {}; {} rows so far",
                    source.id(),
                    progress.blocks(source.name(), source.identity()),
                    source.storage().largestBlocks(),
                    rows);
        }
    }
}
