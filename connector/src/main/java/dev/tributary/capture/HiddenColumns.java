// SPDX-License-Identifier: Apache-2.0
package dev.tributary.capture;

import dev.tributary.capture.HiddenNames.Known;
import dev.tributary.capture.HiddenNames.Name;
import dev.tributary.capture.stream.ColumnGuard;
import dev.tributary.config.ConnectorConfig;
import dev.tributary.config.HidingLists;
import dev.tributary.config.OptionNames;
import dev.tributary.postgres.EndOfWal;
import dev.tributary.postgres.RelatedColumn;
import dev.tributary.postgres.RelatedColumnQuery;
import dev.tributary.postgres.TableName;
import io.debezium.DebeziumException;
import io.debezium.relational.TableId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The columns that options hide by their names. Their values may get another name while the connector runs: the column
 * or its table is renamed, a partition is created, a column is generated from it. If no option hides them under that
 * name, capturing stops before they are sent.
 *
 * <p>Which column it is decides its number in its table, never its name: a new column may have the name that another
 * one had before. {@link ColumnNumbers} finds the numbers of the columns that the stream describes. If that is not
 * certain, every column that may be the hidden one must be hidden.
 */
final class HiddenColumns implements ColumnGuard {

    private final HidingLists lists;
    private final Predicate<Name> sent;
    private final Predicate<TableName> ownSelect;
    private final HiddenNames names = new HiddenNames();

    /** The numbers of columns in what the stream described last, by the oids of tables and the names of columns. */
    private final Map<Long, Map<String, Integer>> described = new HashMap<>();

    /** What was checked last, by the oids of tables. */
    private final Map<Long, Checked> checked = new HashMap<>();

    /**
     * @param columns the names of the columns as the stream described them
     * @param state what the catalog had then
     * @param known the names that were known
     */
    private record Checked(TableId table, List<String> columns, String state, Map<Integer, Known> known) {}

    static HiddenColumns of(ConnectorConfig options) {
        return new HiddenColumns(
                HidingLists.of(options.selection().columnLists()),
                column -> options.selection()
                        .captures(column.table().schema(), column.table().name(), column.column()),
                table -> options.ownSelect(table.schema(), table.name()).isPresent());
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

    @Override
    public String text() {
        return names.text();
    }

    @Override
    public void restore(String stored, long reached) {
        names.restore(stored, reached);
    }

    @Override
    public void note(Connection connection, Map<TableId, List<String>> tables) throws SQLException {
        List<TableName> matched = tables.entrySet().stream()
                .filter(table -> table.getValue().stream()
                        .anyMatch(column -> lists.hides(new Name(name(table.getKey()), column).text())))
                .map(table -> name(table.getKey()))
                .toList();
        if (!matched.isEmpty()) {
            long position = EndOfWal.read(connection);
            for (RelatedColumn column : RelatedColumnQuery.own(connection, matched)) {
                if (lists.hides(column.text())) {
                    names.noted(column.oid(), column.number(), name(column), position);
                }
            }
        }
        // Changes may still have a name that no option hides any more, so a column is given up with its last one.
        names.retain(name -> lists.hides(name.text()));
    }

    @Override
    public void assertReadable(Connection connection, Collection<TableId> tables) throws SQLException {
        if (lists.isEmpty()) {
            return;
        }
        List<TableName> read = tables.stream().map(HiddenColumns::name).toList();
        for (RelatedColumn column : RelatedColumnQuery.of(connection, read)) {
            if (column.relative() != null) {
                if (column.partitioned() || !column.below() || !ownSelect.test(column.table())) {
                    assertShared(column, name(column));
                }
                continue;
            }
            Known known = names.of(column.oid()).get(column.number());
            if (known != null) {
                assertRenamed(known, name(column));
            }
            if (lists.hides(column.text())) {
                names.read(column.oid(), column.number(), name(column));
            }
        }
    }

    @Override
    public void assertStreamable(Connection connection, long oid, TableId id, List<String> columns)
            throws SQLException {
        if (lists.isEmpty()) {
            return;
        }
        // The server describes a root again for each of its partitions.
        String state = RelatedColumnQuery.state(connection, oid);
        if (new Checked(id, columns, state, names.of(oid)).equals(checked.get(oid))) {
            return;
        }
        assertNamesHidden(connection, oid, name(id), columns);
        checked.put(oid, new Checked(id, columns, state, names.of(oid)));
    }

    private void assertNamesHidden(Connection connection, long oid, TableName table, List<String> columns)
            throws SQLException {
        List<RelatedColumn> catalog = RelatedColumnQuery.of(connection, oid);
        Map<Integer, Name> now = catalog.stream()
                .filter(column -> column.relative() == null)
                .collect(Collectors.toMap(
                        RelatedColumn::number, HiddenColumns::name, (one, other) -> one, TreeMap::new));
        ColumnNumbers numbers = new ColumnNumbers(columns, numbers(oid, now));
        names.of(oid).forEach((number, known) -> {
            Name today = now.get(number);
            if (known.appliesTo(today)) {
                Known all = today == null ? known : known.and(today, known.since());
                numbers.candidates(number).forEach(column -> assertRenamed(all, new Name(table, column)));
            }
        });
        learn(oid, table, columns, numbers);
        if (columns.equals(now.values().stream().map(Name::column).toList())) {
            names.retain(oid, now.keySet());
        }
        for (RelatedColumn column : catalog) {
            // The changes of a table that others inherit from are its own.
            if (column.relative() != null
                    && columns.contains(column.name())
                    && (column.partitioned() || !column.below())) {
                assertShared(column, new Name(table, column.name()));
            }
        }
    }

    /** The numbers for which names of columns are known. */
    private Map<String, Set<Integer>> numbers(long oid, Map<Integer, Name> now) {
        Map<String, Set<Integer>> numbers = new HashMap<>();
        now.forEach((number, name) -> add(numbers, name.column(), number));
        described.getOrDefault(oid, Map.of()).forEach((column, number) -> {
            if (!numbers.containsKey(column)) {
                add(numbers, column, number);
            }
        });
        names.of(oid).forEach((number, known) -> known.names().forEach(name -> add(numbers, name.column(), number)));
        return numbers;
    }

    private static void add(Map<String, Set<Integer>> numbers, String column, int number) {
        numbers.computeIfAbsent(column, any -> new TreeSet<>()).add(number);
    }

    private void learn(long oid, TableName table, List<String> columns, ColumnNumbers numbers) {
        Map<String, Integer> certain = new HashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            Name name = new Name(table, columns.get(i));
            int number = numbers.of(i);
            if (number != 0) {
                certain.put(name.column(), number);
                if (lists.hides(name.text())) {
                    names.streamed(oid, number, name);
                }
            }
        }
        described.put(oid, certain);
    }

    private static TableName name(TableId table) {
        return new TableName(table.schema(), table.table());
    }

    private static Name name(RelatedColumn column) {
        return new Name(column.table(), column.name());
    }

    private void assertRenamed(Known known, Name name) {
        known.names().forEach(other -> assertRenamed(other, name));
    }

    private void assertRenamed(Name before, Name name) {
        assertHidden(
                before.text(),
                name,
                "is the same column under another name",
                "Cover both names with one expression in the option, because older changes have the former: "
                        + either(before.table().schema(), name.table().schema()) + "\\."
                        + either(before.table().name(), name.table().name()) + "\\."
                        + either(before.column(), name.column()));
    }

    private static String either(String one, String other) {
        return one.equals(other) ? one : "(" + one + "|" + other + ")";
    }

    private void assertShared(RelatedColumn column, Name name) {
        if (column.generated()) {
            if (!lists.accepts(name.text())) {
                assertHidden(
                        column.relativeText(),
                        name,
                        "Postgres generates from it",
                        "Add " + name.text() + " to the option or to column.exclude.list, or to "
                                + OptionNames.COLUMN_GENERATED_ACCEPT_LIST + " if its values may be sent");
            }
            return;
        }
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
