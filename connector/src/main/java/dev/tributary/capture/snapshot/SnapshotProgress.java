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
 * it.
 *
 * @param tables the tables that were begun, in that order
 */
public record SnapshotProgress(Map<TableName, TableProgress> tables) {

    /** Offset key. */
    static final String KEY = "snapshot_progress";

    public static final SnapshotProgress NONE = new SnapshotProgress(Map.of());

    public SnapshotProgress {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** Returns this progress with further blocks of a table. */
    public SnapshotProgress with(TableName table, String identity, BlockRange range) {
        Map<TableName, TableProgress> next = new LinkedHashMap<>(tables);
        next.put(table, new TableProgress(identity, blocks(table, identity).with(range)));
        return new SnapshotProgress(next);
    }

    /** Returns this progress without a table. */
    public SnapshotProgress without(TableName table) {
        Map<TableName, TableProgress> rest = new LinkedHashMap<>(tables);
        rest.remove(table);
        return new SnapshotProgress(rest);
    }

    /** Returns the complete blocks of a table, if its identity is the same as it was. */
    public BlockRanges blocks(TableName table, String identity) {
        TableProgress known = tables.get(table);
        return known == null || !known.identity().equals(identity) ? BlockRanges.NONE : known.blocks();
    }

    /**
     * Returns the progress that still counts.
     *
     * @param identities the tables as they are now
     */
    SnapshotProgress of(Map<TableName, String> identities) {
        Map<TableName, TableProgress> kept = new LinkedHashMap<>();
        identities.forEach((table, identity) -> {
            BlockRanges blocks = blocks(table, identity);
            if (!blocks.isEmpty()) {
                kept.put(table, new TableProgress(identity, blocks));
            }
        });
        return new SnapshotProgress(kept);
    }

    /** Whether any blocks of a table are complete. */
    public boolean hasBegun(TableName table) {
        TableProgress known = tables.get(table);
        return known != null && !known.blocks().isEmpty();
    }

    boolean isEmpty() {
        return tables.isEmpty();
    }

    /** Returns a text with a line for each table: its identity, its blocks, its schema and its name. */
    public String text() {
        return tables.entrySet().stream()
                .map(entry ->
                        entry.getValue().identity() + " " + entry.getValue().blocks() + " "
                                + encoded(entry.getKey().schema()) + " "
                                + encoded(entry.getKey().name()))
                .collect(Collectors.joining("\n"));
    }

    /** Reads {@link #text}; empty if the argument is not such a text. */
    public static Optional<SnapshotProgress> parse(@Nullable Object text) {
        if (!(text instanceof String lines)) {
            return Optional.empty();
        }
        try {
            Map<TableName, TableProgress> tables = new LinkedHashMap<>();
            lines.lines().forEach(line -> {
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
