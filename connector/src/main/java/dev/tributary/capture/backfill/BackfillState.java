// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.backfill;

import dev.tributary.capture.snapshot.BlockRange;
import dev.tributary.capture.snapshot.BlockRanges;
import dev.tributary.capture.snapshot.SnapshotPlan;
import dev.tributary.capture.snapshot.SnapshotProgress;
import dev.tributary.capture.snapshot.TableProgress;
import dev.tributary.position.StoredOffset;
import dev.tributary.postgres.TableName;
import io.debezium.relational.TableId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** Which tables are captured, which are still to be read, and what is complete of those; and how offsets say so. */
final class BackfillState {

    /** Offset key: the tables whose rows have all been sent, or need not be. */
    static final String CAPTURED = StoredOffset.CAPTURED_TABLES;

    /** Offset key: the tables whose rows are being sent, and what is complete of them. */
    static final String PROGRESS = "backfill";

    /** Offset key: the same tables, with their identities as in {@link #CAPTURED}. */
    static final String PENDING = "backfill_tables";

    /** Offset key: the name of the publication that the identities are of. */
    static final String PUBLICATION = "captured_publication";

    /** The identity of a table of which nothing is complete. */
    private static final String NOT_BEGUN = "-";

    /** With their identities. */
    private final Map<TableName, String> captured;

    /** In the order in which they are read, with the identities that they have had since their reading began. */
    private final Map<TableId, String> pending;

    private SnapshotProgress progress;

    BackfillState(Map<TableName, String> captured, Map<TableId, String> pending, SnapshotProgress progress) {
        this.captured = new TreeMap<>(captured);
        this.pending = new LinkedHashMap<>(pending);
        this.progress = progress;
    }

    /** The table that is being read; null if none is left. */
    @Nullable
    TableId current() {
        return pending.isEmpty() ? null : pending.keySet().iterator().next();
    }

    /** Moves the current table to the end, so that the others need not wait for it. */
    void postponeCurrent() {
        TableId current = pending.keySet().iterator().next();
        pending.put(current, Objects.requireNonNull(pending.remove(current)));
    }

    BlockRanges complete(TableName table, String identity) {
        return progress.blocks(table, identity);
    }

    boolean hasBegun(TableId table) {
        return progress.hasBegun(SnapshotPlan.name(table));
    }

    /** Whether all blocks of a table are complete, whatever its identity was. */
    boolean hasAllBlocks(TableId table) {
        TableProgress known = progress.table(SnapshotPlan.name(table));
        return known != null && known.blocks().isAll();
    }

    /** The rows of a range of blocks are sent. */
    void complete(TableName table, String identity, BlockRange range) {
        progress = progress.with(table, identity, range);
    }

    /** A table must be read from its beginning. */
    void startOver(TableName table) {
        progress = progress.without(table);
    }

    /** Whether the rows of a table are still to be read. */
    boolean isPending(TableId table) {
        return pending.containsKey(table);
    }

    /** The identity of a table whose rows are still to be read. */
    String pending(TableId table) {
        return Objects.requireNonNull(pending.get(table));
    }

    /** A table whose rows are still to be read is known under another identity. Returns whether that is new. */
    boolean identify(TableId table, String identity) {
        return !identity.equals(pending.put(table, identity));
    }

    /** The identity of the table with this name that is captured, and whose rows need not be read. */
    Optional<String> captured(TableName table) {
        return Optional.ofNullable(captured.get(table));
    }

    /** Whether a table is captured, and its rows need not be read. */
    boolean isCaptured(TableName table, TableIdentity identity) {
        return captured(table)
                .filter(known -> TableIdentity.parse(known).table().equals(identity.table()))
                .isPresent();
    }

    /**
     * Changes of some tables were not captured. Those of which rows were sent, but not all, must be read from their
     * beginning.
     *
     * @return the tables of which that is new, or of which rows may be waiting or on their way
     */
    Set<TableName> interrupt(BiPredicate<TableName, TableIdentity> isInterrupted) {
        Set<TableName> interrupted = new HashSet<>();
        captured.replaceAll((table, text) -> interrupt(table, text, true, isInterrupted, interrupted));
        pending.replaceAll((id, text) -> {
            TableName table = SnapshotPlan.name(id);
            String changed = interrupt(table, text, hasBegun(id), isInterrupted, interrupted);
            if (!changed.equals(text)) {
                startOver(table);
            }
            return changed;
        });
        return interrupted;
    }

    /** @param isSent whether rows were sent, so that something is missing in what was sent */
    private static String interrupt(
            TableName table,
            String text,
            boolean isSent,
            BiPredicate<TableName, TableIdentity> isInterrupted,
            Set<TableName> interrupted) {
        TableIdentity identity = TableIdentity.parse(text);
        if (identity.isInterrupted() || !isInterrupted.test(table, identity)) {
            return text;
        }
        interrupted.add(table);
        return isSent ? identity.interrupted().text() : text;
    }

    /** The rows of a table must be read, after those of the others. */
    void add(TableId table, String identity) {
        captured.remove(SnapshotPlan.name(table));
        pending.put(table, identity);
    }

    /** A table is captured, and its rows need not be read. Returns whether that is new. */
    boolean capture(TableName table, String identity) {
        return !identity.equals(captured.put(table, identity));
    }

    /**
     * All rows of a table are sent. It keeps the identity that it had when their reading began, so that a look that has
     * yet to come can tell whether it has been published all the time.
     */
    void finish(TableId table) {
        String identity = pending(table);
        forget(table);
        captured.put(SnapshotPlan.name(table), identity);
    }

    /** A table is not captured any more. */
    void remove(TableId table) {
        forget(table);
        captured.remove(SnapshotPlan.name(table));
    }

    /** A table will not be read any further. */
    void forget(TableId table) {
        pending.remove(table);
        progress = progress.without(SnapshotPlan.name(table));
    }

    /**
     * Returns the entries that each offset needs for a restart to resume from this state.
     *
     * @param rereads whether rows of the current table must be read again by their keys. No offset says which, so after
     *     a restart the table counts as not begun
     */
    Map<String, String> offsetEntries(boolean rereads) {
        Map<TableName, TableProgress> known = new LinkedHashMap<>();
        captured.forEach((table, identity) -> known.put(table, new TableProgress(identity, BlockRanges.NONE)));
        Map<String, String> entries = new HashMap<>();
        entries.put(CAPTURED, new SnapshotProgress(known).text());
        if (!pending.isEmpty()) {
            Map<TableName, TableProgress> begun = new LinkedHashMap<>();
            Map<TableName, TableProgress> identified = new LinkedHashMap<>();
            for (TableId table : pending.keySet()) {
                TableName name = SnapshotPlan.name(table);
                identified.put(name, new TableProgress(pending(table), BlockRanges.NONE));
                TableProgress complete = progress.table(name);
                boolean startsOver = complete == null || (rereads && table.equals(current()));
                begun.put(name, startsOver ? new TableProgress(NOT_BEGUN, BlockRanges.NONE) : complete);
            }
            entries.put(PROGRESS, new SnapshotProgress(begun).text());
            entries.put(PENDING, new SnapshotProgress(identified).text());
        }
        return Map.copyOf(entries);
    }
}
