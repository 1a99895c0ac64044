// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.stream.ColumnGuard;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.HidingLists;
import dev.tributary.postgres.RelatedColumn;
import dev.tributary.postgres.RelatedColumnQuery;
import dev.tributary.postgres.TableName;
import io.debezium.DebeziumException;
import io.debezium.relational.TableId;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The columns that options hide by their names. Their values may get another name while the connector runs: the column
 * or its table is renamed, a partition is created. If no option hides them under that name, capturing stops before they
 * are sent.
 *
 * <p>What a name was before is known by the numbers that Postgres gives to tables and columns.
 */
final class HiddenColumns implements ColumnGuard {

    /** An offset is written with each batch of records. */
    private static final int MOST_STORED = 100;

    private static final Pattern STORED = Pattern.compile("(\\d{1,10})\\.(\\d{1,5})=([^/,]+)/([^/,]+)/([^/,]+)");

    private final HidingLists lists;
    private final Predicate<Name> sent;
    private final Predicate<TableName> ownSelect;
    private final Map<Attribute, Name> hidden = new ConcurrentHashMap<>();

    /** What {@link #text()} returns; null if it must be written again. */
    private volatile @Nullable String text;

    /** The columns of each table as the stream described them last. */
    private final Map<Long, Described> described = new HashMap<>();

    /**
     * A column, regardless of its name.
     *
     * @param table the oid of its table
     * @param number its number in the table
     */
    private record Attribute(long table, int number) {}

    /** The name of a column, as an option has it. */
    record Name(TableName table, String column) {

        String text() {
            return table + "." + column;
        }
    }

    private record Described(TableName table, List<String> columns) {}

    static HiddenColumns of(ConnectorConfig options) {
        return new HiddenColumns(
                HidingLists.of(options.selection().columnLists()),
                column -> options.selection()
                        .captures(column.table().schema(), column.table().name(), column.column()),
                table -> options.hasOwnSelect(table.schema(), table.name()));
    }

    /**
     * @param lists the options that hide columns
     * @param sent whether the filters include a column
     * @param ownSelect the tables that a SELECT of the user reads
     */
    HiddenColumns(HidingLists lists, Predicate<Name> sent, Predicate<TableName> ownSelect) {
        this.lists = lists;
        this.sent = sent;
        this.ownSelect = ownSelect;
    }

    /** The names, for the offset: a column may be renamed while no task runs. */
    @Override
    public String text() {
        String known = text;
        if (known == null) {
            known = write();
            text = known;
        }
        return known;
    }

    private String write() {
        return hidden.entrySet().stream()
                .sorted(Comparator.comparingLong((Map.Entry<Attribute, Name> entry) ->
                                entry.getKey().table())
                        .thenComparing(entry -> entry.getKey().number()))
                .limit(MOST_STORED)
                .map(entry -> entry.getKey().table() + "." + entry.getKey().number() + "="
                        + Stream.of(
                                        entry.getValue().table().schema(),
                                        entry.getValue().table().name(),
                                        entry.getValue().column())
                                .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8))
                                .collect(Collectors.joining("/")))
                .collect(Collectors.joining(","));
    }

    /** Reads the names, as far as options still hide the columns. */
    @Override
    public void restore(String stored) {
        Matcher matcher = STORED.matcher(stored);
        while (matcher.find()) {
            Name name = new Name(new TableName(part(matcher, 3), part(matcher, 4)), part(matcher, 5));
            if (lists.hides(name.text())) {
                put(new Attribute(Long.parseLong(matcher.group(1)), Integer.parseInt(matcher.group(2))), name);
            }
        }
    }

    private void put(Attribute column, Name name) {
        if (!name.equals(hidden.put(column, name))) {
            text = null;
        }
    }

    private static String part(Matcher matcher, int group) {
        return URLDecoder.decode(matcher.group(group), StandardCharsets.UTF_8);
    }

    @Override
    public void note(Connection connection, Map<TableId, List<String>> tables) throws SQLException {
        List<TableName> matched = tables.entrySet().stream()
                .filter(table -> table.getValue().stream()
                        .anyMatch(column -> lists.hides(new Name(name(table.getKey()), column).text())))
                .map(table -> name(table.getKey()))
                .toList();
        if (!matched.isEmpty()) {
            RelatedColumnQuery.of(connection, matched).forEach(this::note);
        }
    }

    private void note(RelatedColumn column) {
        if (column.relative() == null && lists.hides(column.text())) {
            put(new Attribute(column.oid(), column.number()), new Name(column.table(), column.name()));
        }
    }

    @Override
    public void assertReadable(Connection connection, Collection<TableId> tables) throws SQLException {
        if (lists.isEmpty()) {
            return;
        }
        List<TableName> names = tables.stream().map(HiddenColumns::name).toList();
        for (RelatedColumn column : RelatedColumnQuery.of(connection, names)) {
            Name name = new Name(column.table(), column.name());
            Name before = hidden.get(new Attribute(column.oid(), column.number()));
            if (column.relative() != null) {
                if (column.partitioned() || !column.below() || !ownSelect.test(column.table())) {
                    assertShared(column, name);
                }
            } else if (before != null) {
                assertRenamed(before, name);
            }
            note(column);
        }
    }

    @Override
    public void assertStreamable(Connection connection, long oid, TableId id, List<String> columns)
            throws SQLException {
        if (lists.isEmpty()) {
            return;
        }
        TableName table = name(id);
        List<RelatedColumn> catalog = RelatedColumnQuery.of(connection, oid);
        Map<Integer, String> now = catalog.stream()
                .filter(column -> column.relative() == null)
                .collect(Collectors.toMap(RelatedColumn::number, RelatedColumn::name));
        hidden.forEach((attribute, before) -> {
            if (attribute.table() == oid) {
                String column = name(before.column(), now.get(attribute.number()), columns);
                if (column != null) {
                    assertRenamed(before, new Name(table, column));
                }
            }
        });
        Described last = described.put(oid, new Described(table, columns));
        if (last != null) {
            assertInPlace(oid, last, table, columns, now.values());
        }
        for (RelatedColumn column : catalog) {
            boolean isInMessage = columns.contains(column.name());
            if (isInMessage && column.relative() == null && lists.hides(table + "." + column.name())) {
                put(new Attribute(oid, column.number()), new Name(table, column.name()));
            } else if (isInMessage && column.relative() != null && (column.partitioned() || !column.below())) {
                // The changes of a table that others inherit from are its own.
                assertShared(column, new Name(table, column.name()));
            }
        }
    }

    private static TableName name(TableId table) {
        return new TableName(table.schema(), table.table());
    }

    /** What a column is called in a message; null if it is not part of it. */
    private static @Nullable String name(String before, @Nullable String now, List<String> columns) {
        if (columns.contains(before)) {
            return before;
        }
        return now != null && columns.contains(now) ? now : null;
    }

    /**
     * A renamed column keeps its place. That counts if the stream is late, so that the catalog does not have its name
     * before, or does not have the next one any more.
     */
    private void assertInPlace(
            long oid, Described last, TableName table, List<String> columns, Collection<String> catalog) {
        if (last.columns.size() != columns.size()) {
            return;
        }
        for (int i = 0; i < columns.size(); i++) {
            String before = last.columns.get(i);
            String name = columns.get(i);
            boolean isNew = !columns.contains(before) && !last.columns.contains(name);
            if (isNew && !(catalog.contains(name) && isNumbered(oid, before))) {
                assertRenamed(new Name(last.table, before), new Name(table, name));
            }
        }
    }

    private boolean isNumbered(long oid, String column) {
        return hidden.entrySet().stream()
                .anyMatch(entry -> entry.getKey().table() == oid
                        && entry.getValue().column().equals(column));
    }

    private void assertRenamed(Name before, Name name) {
        assertHidden(
                before.text(),
                name,
                "is its name now",
                "Cover both names with one expression in the option, because older changes have the former: "
                        + either(before.table().schema(), name.table().schema()) + "\\."
                        + either(before.table().name(), name.table().name()) + "\\."
                        + either(before.column(), name.column()));
    }

    private static String either(String one, String other) {
        return one.equals(other) ? one : "(" + one + "|" + other + ")";
    }

    private void assertShared(RelatedColumn column, Name name) {
        assertHidden(
                column.relativeText(),
                name,
                "has values in common with it",
                "Add " + name.text() + " to the option, or an expression that covers both");
    }

    private void assertHidden(String other, Name name, String why, String fix) {
        if (other.equals(name.text()) || !sent.test(name)) {
            return;
        }
        lists.hidingOnly(other, name.text()).ifPresent(option -> {
            throw new DebeziumException(option + " matches " + other + ", but not " + name.text() + ", which " + why
                    + ". The values would be sent as they are, so nothing is sent. " + fix + ". If the values may be"
                    + " sent, take " + other + " out of the option. Then restart the task");
        });
    }
}
