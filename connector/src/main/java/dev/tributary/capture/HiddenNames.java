// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.postgres.TableName;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The names of the columns that options hide, by the numbers that Postgres gives to tables and columns. The numbers
 * stay the same if a column or its table is renamed.
 */
final class HiddenNames {

    /** An offset is written with each batch of records. */
    private static final int MOST_STORED = 100;

    private static final Pattern STORED =
            Pattern.compile("(\\d{1,10})\\.(\\d{1,5})=([^/,@]+)/([^/,@]+)/([^/,@]+)(?:@(\\p{XDigit}{1,16}))?");

    /** By the oids of tables and the numbers of their columns. */
    private final Map<Long, Map<Integer, Known>> tables = new ConcurrentHashMap<>();

    /** The oids of the tables that this run has seen. */
    private final Set<Long> seen = ConcurrentHashMap.newKeySet();

    /** What {@link #text} returns; null if it must be written again. */
    private volatile @Nullable String text = "";

    /** The name of a column, as an option has it. */
    record Name(TableName table, String column) {

        String text() {
            return table + "." + column;
        }
    }

    /**
     * What is known of a column.
     *
     * @param names its names
     * @param since the position in the WAL at which the catalog had its name, if the stream may be before that; 0 if it
     *     has reached the column
     */
    record Known(Set<Name> names, long since) {

        /** The same with another name. */
        Known and(Name name, long position) {
            Set<Name> all = new LinkedHashSet<>(names);
            all.add(name);
            return new Known(all, position);
        }

        /** Whether the stream has had the column, or has it under another name than now. */
        boolean appliesTo(@Nullable Name now) {
            return since == 0 || now == null || !names.contains(now);
        }
    }

    /** The columns of a table, by their numbers. */
    Map<Integer, Known> of(long table) {
        return tables.getOrDefault(table, Map.of());
    }

    /** The catalog has a name, perhaps ahead of the stream. */
    void noted(long table, int number, Name name, long position) {
        seen.add(table);
        change(
                table,
                number,
                known -> known == null ? new Known(Set.of(name), position) : known.and(name, known.since));
    }

    /** Rows are read under a name. */
    void read(long table, int number, Name name) {
        seen.add(table);
        change(table, number, known -> known == null ? new Known(Set.of(name), 0) : known.and(name, 0));
    }

    /** The stream has reached a name, and leaves those before behind. */
    void streamed(long table, int number, Name name) {
        seen.add(table);
        change(table, number, known -> new Known(Set.of(name), 0));
    }

    private synchronized void change(long table, int number, Function<@Nullable Known, Known> change) {
        Map<Integer, Known> before = of(table);
        Known known = change.apply(before.get(number));
        if (!known.equals(before.get(number))) {
            Map<Integer, Known> columns = new TreeMap<>(before);
            columns.put(number, known);
            tables.put(table, columns);
            text = null;
        }
    }

    /** Forgets the columns of a table except some. */
    synchronized void retain(long table, Collection<Integer> numbers) {
        Map<Integer, Known> columns = new TreeMap<>(of(table));
        if (columns.keySet().retainAll(numbers)) {
            tables.put(table, columns);
            text = null;
        }
    }

    /** Forgets the columns none of whose names meets a condition. */
    synchronized void retain(Predicate<Name> condition) {
        tables.replaceAll((table, before) -> {
            Map<Integer, Known> columns = new TreeMap<>(before);
            columns.values().removeIf(known -> known.names.stream().noneMatch(condition));
            return columns;
        });
        text = null;
    }

    /** The names, for the offset: a column may be renamed while no task runs. */
    String text() {
        String known = text;
        return known == null ? write() : known;
    }

    private synchronized String write() {
        String written = tables.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(Comparator.<Long, Boolean>comparing(table -> !seen.contains(table))
                        .thenComparing(Comparator.naturalOrder())))
                .flatMap(table -> table.getValue().entrySet().stream()
                        .flatMap(column -> column.getValue().names.stream()
                                .map(name -> table.getKey() + "." + column.getKey() + "=" + text(name)
                                        + position(column.getValue().since))))
                .limit(MOST_STORED)
                .collect(Collectors.joining(","));
        text = written;
        return written;
    }

    private static String text(Name name) {
        return Stream.of(name.table().schema(), name.table().name(), name.column())
                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                .collect(Collectors.joining("/"));
    }

    private static String position(long since) {
        return since == 0 ? "" : "@" + Long.toHexString(since);
    }

    /**
     * Reads what {@link #text} has written.
     *
     * @param reached the position that the stream had reached
     */
    synchronized void restore(String stored, long reached) {
        Matcher matcher = STORED.matcher(stored);
        while (matcher.find()) {
            Name name = new Name(new TableName(part(matcher, 3), part(matcher, 4)), part(matcher, 5));
            long since = matcher.group(6) == null ? 0 : Long.parseUnsignedLong(matcher.group(6), 16);
            long left = Long.compareUnsigned(reached, since) < 0 ? since : 0;
            change(
                    Long.parseLong(matcher.group(1)),
                    Integer.parseInt(matcher.group(2)),
                    known -> known == null ? new Known(Set.of(name), left) : known.and(name, left));
        }
    }

    private static String part(Matcher matcher, int group) {
        return URLDecoder.decode(matcher.group(group), StandardCharsets.UTF_8);
    }
}
