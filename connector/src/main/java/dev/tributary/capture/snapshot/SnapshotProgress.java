// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.TableName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a snapshot has come: for each table that was begun, what is complete. It is in the offset of each record, so
 * that the next run reads only what is missing.
 *
 * <p>It is a value: every addition makes a new one, because the offset of a record must not claim rows that come after
 * it. The values of a run share the tables that are complete, so only what is in progress is copied.
 */
public final class SnapshotProgress {

    /** Offset key. */
    public static final String KEY = "snapshot_progress";

    public static final SnapshotProgress NONE = new SnapshotProgress(Map.of());

    /** What is known of a table here counts, whatever {@link #complete} says of it. */
    private final Map<TableName, TableProgress> begun;

    private final CompleteTables complete;

    private SnapshotProgress(Map<TableName, TableProgress> begun, CompleteTables complete) {
        this.begun = begun;
        this.complete = complete;
    }

    /** @param tables the tables that were begun, in that order */
    public SnapshotProgress(Map<TableName, TableProgress> tables) {
        this(Collections.unmodifiableMap(new LinkedHashMap<>(tables)), CompleteTables.NONE);
    }

    /** Returns this progress with further blocks of a table. */
    public SnapshotProgress with(TableName table, String identity, BlockRange range) {
        BlockRanges blocks = blocks(table, identity).with(range);
        Map<TableName, TableProgress> next = new LinkedHashMap<>(begun);
        if (blocks.isAll()) {
            next.remove(table);
            return new SnapshotProgress(Collections.unmodifiableMap(next), complete.with(table, identity));
        }
        next.put(table, new TableProgress(identity, blocks));
        return new SnapshotProgress(Collections.unmodifiableMap(next), complete);
    }

    /** Returns this progress without a table. */
    public SnapshotProgress without(TableName table) {
        Map<TableName, TableProgress> rest = new LinkedHashMap<>(begun);
        rest.remove(table);
        return new SnapshotProgress(Collections.unmodifiableMap(rest), complete.without(table));
    }

    /** Returns what is complete of a table; null if it was not begun. */
    public @Nullable TableProgress table(TableName table) {
        TableProgress known = begun.get(table);
        if (known != null) {
            return known;
        }
        String identity = complete.identity(table);
        return identity == null ? null : new TableProgress(identity, BlockRanges.ALL);
    }

    /** Returns the complete blocks of a table, if its identity is the same as it was. */
    public BlockRanges blocks(TableName table, String identity) {
        TableProgress known = table(table);
        return known == null || !isSame(known.identity(), identity) ? BlockRanges.NONE : known.blocks();
    }

    private static boolean isSame(String known, String identity) {
        return known.equals(identity) || known.equals(CompleteTables.shortened(identity));
    }

    /**
     * Returns the progress that still counts.
     *
     * @param identities the tables as they are now
     */
    SnapshotProgress of(Map<TableName, String> identities) {
        Map<TableName, TableProgress> kept = new LinkedHashMap<>();
        CompleteTables all = CompleteTables.NONE;
        for (Map.Entry<TableName, String> table : identities.entrySet()) {
            BlockRanges blocks = blocks(table.getKey(), table.getValue());
            if (blocks.isAll()) {
                all = all.with(table.getKey(), table.getValue());
            } else if (!blocks.isEmpty()) {
                kept.put(table.getKey(), new TableProgress(table.getValue(), blocks));
            }
        }
        return new SnapshotProgress(Collections.unmodifiableMap(kept), all);
    }

    /** Whether any blocks of a table are complete. */
    public boolean hasBegun(TableName table) {
        TableProgress known = table(table);
        return known != null && !known.blocks().isEmpty();
    }

    boolean isEmpty() {
        return begun.isEmpty() && complete.size() == 0;
    }

    /** Returns a copy of everything: the complete tables first, each group in the order in which it was begun. */
    public Map<TableName, TableProgress> tables() {
        Map<TableName, TableProgress> tables = new LinkedHashMap<>();
        complete.entries().forEach((table, identity) -> {
            if (!begun.containsKey(table)) {
                tables.put(table, new TableProgress(identity, BlockRanges.ALL));
            }
        });
        tables.putAll(begun);
        return tables;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SnapshotProgress progress && tables().equals(progress.tables());
    }

    @Override
    public int hashCode() {
        return tables().hashCode();
    }

    @Override
    public String toString() {
        return tables().toString();
    }

    /**
     * Returns a text with a line for each table: its identity, its blocks, its schema and its name; compressed if it is
     * long.
     */
    public String text() {
        return PackedText.pack(tables().entrySet().stream()
                .map(entry ->
                        entry.getValue().identity() + " " + entry.getValue().blocks() + " "
                                + encoded(entry.getKey().schema()) + " "
                                + encoded(entry.getKey().name()))
                .collect(Collectors.joining("\n")));
    }

    /** Reads {@link #text}; empty if the argument is not such a text. */
    public static Optional<SnapshotProgress> parse(@Nullable Object text) {
        if (!(text instanceof String lines)) {
            return Optional.empty();
        }
        try {
            Map<TableName, TableProgress> tables = new LinkedHashMap<>();
            PackedText.unpack(lines).lines().forEach(line -> {
                String[] words = line.split(" ", -1);
                if (words.length != 4) {
                    throw new IllegalArgumentException("Not the progress of a table: " + line);
                }
                tables.put(
                        new TableName(decoded(words[2]), decoded(words[3])),
                        new TableProgress(words[0], BlockRanges.parse(words[1])));
            });
            return Optional.of(new SnapshotProgress(tables));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    private static String decoded(String name) {
        return URLDecoder.decode(name, StandardCharsets.UTF_8);
    }
}
