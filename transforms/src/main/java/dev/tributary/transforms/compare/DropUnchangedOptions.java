// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.compare;

import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.event.ChangedColumns;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.event.UnavailableValue;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The options of {@link dev.tributary.transforms.DropUnchanged}, and the parts that they configure. */
public final class DropUnchangedOptions {

    private static final String INCLUDE = "columns.include";
    private static final String EXCLUDE = "columns.exclude";
    private static final String DIFF_HEADER = "diff.header";
    private static final String DIFF = "diff";
    private static final String PLACEHOLDER = "unavailable.value.placeholder";

    private static final String COLUMNS =
            "a list of schema.table.column or column, in which * is a wildcard: shop.orders.*, updated_at";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "Unchanged",
            OptionDefinition.list(INCLUDE, List.of())
                    .highImportance()
                    .displayName("Columns of interest")
                    .listValidatedBy(COLUMNS, ColumnsOfInterest::parse)
                    .documentation(
                            "The columns of interest: an update that changes none of them is dropped. A * matches any"
                                    + " number of characters in the name of the schema, the table or the column; a"
                                    + " column without a table is the column of that name in any table. If no column of"
                                    + " a table is listed, all its columns are compared. Case matters. Empty for all"
                                    + " columns."),
            OptionDefinition.list(EXCLUDE, List.of())
                    .highImportance()
                    .displayName("Ignored columns")
                    .listValidatedBy(COLUMNS, ColumnsOfInterest::parse)
                    .crossCheck(DropUnchangedOptions::onlyOneList)
                    .documentation(
                            "The columns to ignore, written as in columns.include; all others are of interest. Only one"
                                    + " of the two lists can be set."),
            OptionDefinition.text(DIFF_HEADER, "")
                    .displayName("Diff header")
                    .documentation(
                            "The name of a header that says which columns of interest an update changed; empty for"
                                    + " none. Only updates that were compared have it."),
            OptionDefinition.choice(DIFF, Diff.COLUMNS)
                    .displayName("Diff")
                    .crossCheck(DropUnchangedOptions::needsHeader)
                    .documentation(
                            "What diff.header contains. columns: the names of the changed columns. values: a struct of"
                                    + " before and after, each with the values of these columns."),
            OptionDefinition.text(PLACEHOLDER, UnavailableValue.DEFAULT)
                    .lowImportance()
                    .displayName("Placeholder")
                    .documentation(
                            "The placeholder that the connector writes for a value that Postgres did not send because"
                                    + " it did not change; such a column counts as unchanged. Must be the same as the"
                                    + " connector's option of this name."));

    private final OptionValues values;

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid, or options conflict */
    public DropUnchangedOptions(Map<String, ?> configuration) {
        values = new OptionValues(CONFIG_DEF, configuration);
    }

    public ChangedColumns columns() {
        return new ChangedColumns(values.getString(PLACEHOLDER));
    }

    /** The columns of interest of each table. */
    public BoundedCache<TableName, ColumnsOfInterest> ofInterest(ChangedColumns columns) {
        return ColumnsOfInterest.byTable(values.getList(INCLUDE), values.getList(EXCLUDE), columns);
    }

    /** Null for no such header. */
    public @Nullable DiffHeader diffHeader() {
        String name = values.textOrNull(DIFF_HEADER);
        return name == null ? null : new DiffHeader(name, values.choice(DIFF, Diff.class));
    }

    private static Optional<String> onlyOneList(Map<String, Object> parsed) {
        boolean both = parsed.get(INCLUDE) instanceof List<?> include
                && parsed.get(EXCLUDE) instanceof List<?> exclude
                && !include.isEmpty()
                && !exclude.isEmpty();
        return both ? Optional.of("set either columns.include or columns.exclude, but not both") : Optional.empty();
    }

    private static Optional<String> needsHeader(Map<String, Object> parsed) {
        boolean missingHeader = "values".equals(parsed.get(DIFF)) && "".equals(parsed.get(DIFF_HEADER));
        return missingHeader ? Optional.of("requires diff.header, the name of the header") : Optional.empty();
    }
}
