// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture.snapshot;

import dev.tributary.postgres.TableName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How far a snapshot has come: for each table that was begun, what of it is complete. Kept in the offset of each record, so
 * that the next run reads no more than what is missing.
 *
 * <p>It is a value: what is added makes another one. The offset of a record must not tell of rows that come after it.
 *
 * @param tables the tables that were begun, in the order they were
 */
record SnapshotProgress(Map<TableName, Part> tables) {

    /** Offset key. */
    static final String KEY = "snapshot_progress";

    static final SnapshotProgress NONE = new SnapshotProgress(Map.of());

    /**
     * What of a table is complete.
     *
     * @param identity where its rows are stored, and which of them are asked for; blocks of another identity mean nothing
     * @param blocks the blocks that have been sent
     */
    record Part(String identity, BlockRanges blocks) {}

    SnapshotProgress {
        tables = Collections.unmodifiableMap(new LinkedHashMap<>(tables));
    }

    /** The same with a further part of a table. */
    SnapshotProgress with(TableName table, String identity, BlockRange range) {
        Map<TableName, Part> next = new LinkedHashMap<>(tables);
        next.put(table, new Part(identity, blocks(table, identity).with(range)));
        return new SnapshotProgress(next);
    }

    /** What of a table is complete, if it is still the one it was. */
    BlockRanges blocks(TableName table, String identity) {
        Part part = tables.get(table);
        return part == null || !part.identity().equals(identity) ? BlockRanges.NONE : part.blocks();
    }

    /** What is complete of tables as they are now: the rest is forgotten. */
    SnapshotProgress of(Collection<TableRun> now) {
        Map<TableName, Part> kept = new LinkedHashMap<>();
        for (TableRun run : now) {
            TableSource source = run.source();
            BlockRanges blocks = blocks(source.name(), source.identity());
            if (!blocks.isEmpty()) {
                kept.put(source.name(), new Part(source.identity(), blocks));
            }
        }
        return new SnapshotProgress(kept);
    }

    /** Whether anything of a table is complete. */
    boolean hasBegun(TableName table) {
        Part part = tables.get(table);
        return part != null && !part.blocks().isEmpty();
    }

    boolean isEmpty() {
        return tables.isEmpty();
    }

    /** As a text: a line for each table, made of its identity, its blocks, its schema and its name. */
    String text() {
        return tables.entrySet().stream()
                .map(entry ->
                        entry.getValue().identity() + " " + entry.getValue().blocks() + " "
                                + encoded(entry.getKey().schema()) + " "
                                + encoded(entry.getKey().name()))
                .collect(Collectors.joining("\n"));
    }

    /** Reads {@link #text}; empty if it is none. */
    static Optional<SnapshotProgress> parse(@Nullable Object text) {
        if (!(text instanceof String lines)) {
            return Optional.empty();
        }
        try {
            Map<TableName, Part> tables = new LinkedHashMap<>();
            lines.lines().forEach(line -> {
                String[] words = line.split(" ", -1);
                if (words.length != 4) {
                    throw new IllegalArgumentException("Not the progress of a table: " + line);
                }
                tables.put(
                        new TableName(decoded(words[2]), decoded(words[3])),
                        new Part(words[0], BlockRanges.parse(words[1])));
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
