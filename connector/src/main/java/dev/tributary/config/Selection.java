// SPDX-License-Identifier: Apache-2.0
package dev.tributary.config;

import io.debezium.config.Configuration;
import io.debezium.connector.postgresql.PostgresConnectorConfig;
import io.debezium.relational.TableId;
import io.debezium.relational.Tables;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a connector captures: which tables, columns and operations, and what it does to columns. */
public final class Selection {

    private final Map<String, String> properties;
    private final Configuration debezium;
    private final Set<TableId> leftOut;
    private Tables.@Nullable TableFilter filters;
    private Tables.@Nullable ColumnNameFilter columnFilter;
    private @Nullable List<Pattern> readTables;

    /** @param leftOut tables that are not captured although the filters include them */
    Selection(Map<String, String> properties, Configuration debezium, Set<TableId> leftOut) {
        this.properties = properties;
        this.debezium = debezium;
        this.leftOut = leftOut;
    }

    /** Whether only some of a table's columns are captured. */
    public boolean filtersColumns() {
        return !list(properties, OptionNames.COLUMN_INCLUDE_LIST).isEmpty()
                || !list(properties, OptionNames.COLUMN_EXCLUDE_LIST).isEmpty();
    }

    /** Whether the filters, taken together, include a table. */
    public boolean captures(String schema, String table) {
        Tables.TableFilter all = filters;
        if (all == null) {
            all = new PostgresConnectorConfig(debezium).getTableFilters().dataCollectionFilter();
            filters = all;
        }
        TableId id = new TableId(properties.get(OptionNames.DATABASE_DBNAME), schema, table);
        return all.isIncluded(id) && !leftOut.contains(id);
    }

    /** Whether the filters of columns include a column. */
    public boolean captures(String schema, String table, String column) {
        Tables.ColumnNameFilter all = columnFilter;
        if (all == null) {
            all = new PostgresConnectorConfig(debezium).getColumnFilter();
            columnFilter = all;
        }
        return all.matches(null, schema, table, column);
    }

    /** The options that list columns. */
    public List<ColumnList> columnLists() {
        return ColumnList.in(properties);
    }

    /** The types whose values a truncation leaves as they are. */
    public UncutTypes uncutTypes() {
        return UncutTypes.of(properties);
    }

    /** The columns that {@code message.key.columns} chooses as the key of a table, given as {@code schema.table}. */
    public List<String> keyColumnsOf(String table) {
        return Stream.of(properties
                        .getOrDefault(OptionNames.MESSAGE_KEY_COLUMNS, "")
                        .split(";"))
                .map(entry -> entry.split(":", 2))
                .filter(entry -> entry.length == 2)
                .filter(entry -> Pattern.compile(entry[0].strip(), Pattern.CASE_INSENSITIVE)
                        .matcher(table)
                        .matches())
                .flatMap(entry -> Stream.of(entry[1].split(",")))
                .map(String::strip)
                .toList();
    }

    /** The identities that {@code replica.identity.autoset.values} chooses for a table, given as schema.table. */
    public List<ChosenIdentity> chosenIdentitiesOf(String table) {
        return ChosenIdentity.of(table, properties.getOrDefault(OptionNames.REPLICA_IDENTITY_AUTOSET_VALUES, ""));
    }

    /** The letters of the operations that are not sent: {@code skipped.operations}. */
    public Set<String> skippedOperations() {
        return Stream.of(properties.getOrDefault("skipped.operations", "t").split(","))
                .map(operation -> operation.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
    }

    /** Whether updates that change no captured column are dropped, which requires the whole old row. */
    public boolean skipsUnchanged() {
        return debezium.getBoolean(PostgresConnectorConfig.SKIP_MESSAGES_WITHOUT_CHANGE);
    }

    /**
     * Whether the rows of a captured table are read: it is no signal table, and
     * {@code snapshot.include.collection.list} includes it.
     */
    public boolean readsRowsOf(String schema, String table) {
        List<Pattern> included = readTables;
        if (included == null) {
            included = snapshotIncludeList().stream()
                    .map(expression -> Pattern.compile(expression, Pattern.CASE_INSENSITIVE))
                    .toList();
            readTables = included;
        }
        TableId id = new TableId(null, schema, table);
        return !list(properties, "signal.data.collection").contains(id.identifier())
                && (included.isEmpty()
                        || included.stream()
                                .anyMatch(pattern ->
                                        pattern.matcher(id.identifier()).matches()
                                                || pattern.matcher(id.toDoubleQuotedString())
                                                        .matches()));
    }

    /** The expressions of {@code snapshot.include.collection.list} as written; empty when it is not set. */
    public List<String> snapshotIncludeList() {
        return list(properties, OptionNames.SNAPSHOT_INCLUDE_COLLECTION_LIST);
    }

    /** The expressions of {@code table.include.list} as written; empty when it is not set. */
    public List<String> tableIncludeList() {
        return list(properties, OptionNames.TABLE_INCLUDE_LIST);
    }

    /** The expressions of {@code table.exclude.list} as written; empty when it is not set. */
    public List<String> tableExcludeList() {
        return list(properties, OptionNames.TABLE_EXCLUDE_LIST);
    }

    /** The expressions of {@code schema.include.list} as written; empty when it is not set. */
    public List<String> schemaIncludeList() {
        return list(properties, OptionNames.SCHEMA_INCLUDE_LIST);
    }

    /** The elements of an option that is a list. */
    static List<String> list(Map<String, String> properties, String option) {
        return split(properties.getOrDefault(option, "")).stream()
                .map(String::strip)
                .filter(element -> !element.isEmpty())
                .collect(Collectors.toList());
    }

    /** Splits a list as Debezium does: a comma after a backslash belongs to its element. */
    private static List<String> split(String list) {
        List<String> elements = new ArrayList<>();
        StringBuilder element = new StringBuilder();
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '\\' && i + 1 < list.length()) {
                element.append(c).append(list.charAt(++i));
            } else if (c == ',') {
                elements.add(element.toString());
                element.setLength(0);
            } else {
                element.append(c);
            }
        }
        elements.add(element.toString());
        return elements.stream().map(each -> each.replace("\\,", ",")).toList();
    }
}
