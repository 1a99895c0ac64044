// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.compare.ColumnsOfInterest;
import dev.tributary.transforms.compare.Diff;
import dev.tributary.transforms.compare.DiffHeader;
import dev.tributary.transforms.compare.UncomparedTables;
import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.ChangedColumns;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.event.TableResolver;
import dev.tributary.transforms.glob.Globs;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Drops updates in which no column of interest changed.
 *
 * <p>An update is dropped only if it is known to change nothing. An update without the old row is passed on, and so is
 * one that changes the key, whatever the columns of interest are.
 *
 * @param <R> records of a source or of a sink
 */
public final class DropUnchanged<R extends ConnectRecord<R>> implements Transformation<R> {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Drops updates in which no column of interest changed. A header can say what an update" + " changed.";

    static final String INCLUDE = "columns.include";
    static final String EXCLUDE = "columns.exclude";
    static final String DIFF_HEADER = "diff.header";
    static final String DIFF = "diff";
    static final String PLACEHOLDER = "unavailable.value.placeholder";

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
                    .crossCheck(DropUnchanged::onlyOneList)
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
                    .crossCheck(DropUnchanged::needsHeader)
                    .documentation(
                            "What diff.header contains. columns: the names of the changed columns. values: a struct of"
                                    + " before and after, each with the values of these columns."),
            OptionDefinition.text(PLACEHOLDER, ChangedColumns.DEFAULT_PLACEHOLDER)
                    .lowImportance()
                    .displayName("Placeholder")
                    .documentation(
                            "The placeholder that the connector writes for a value that Postgres did not send because"
                                    + " it did not change; such a column counts as unchanged. Must be the same as the"
                                    + " connector's option of this name."));

    private static final TableName UNKNOWN = new TableName("", "");

    private final ChangeEvents events = new ChangeEvents();
    private final TableResolver tables = new TableResolver();
    private final UncomparedTables uncompared = new UncomparedTables();
    private ChangedColumns columns = new ChangedColumns(ChangedColumns.DEFAULT_PLACEHOLDER);
    private BoundedCache<TableName, ColumnsOfInterest> ofInterest = ofInterest(List.of(), List.of());
    private @Nullable DiffHeader diff;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid, or options conflict */
    @Override
    public void configure(Map<String, ?> configuration) {
        OptionValues options = new OptionValues(CONFIG_DEF, configuration);
        columns = new ChangedColumns(options.getString(PLACEHOLDER));
        ofInterest = ofInterest(options.getList(INCLUDE), options.getList(EXCLUDE));
        String header = options.textOrNull(DIFF_HEADER);
        diff = header == null ? null : new DiffHeader(header, options.choice(DIFF, Diff.class));
    }

    private BoundedCache<TableName, ColumnsOfInterest> ofInterest(List<String> include, List<String> exclude) {
        Globs included = ColumnsOfInterest.parse(include);
        Globs excluded = ColumnsOfInterest.parse(exclude);
        return new BoundedCache<>(table -> new ColumnsOfInterest(table, included, excluded, columns));
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

    @Override
    public @Nullable R apply(R record) {
        ChangeEvent event = events.of(record);
        if (event == null || event.operation() != Operation.UPDATE) {
            return record;
        }
        Object after = event.after();
        if (after == null) {
            return record;
        }
        TableName table = tables.resolve(record, event);
        Object before = event.before();
        if (before == null) {
            uncompared.warn(table == null ? UNKNOWN : table);
            return record;
        }
        return compare(record, before, after, ofInterest.get(table == null ? UNKNOWN : table));
    }

    private @Nullable R compare(R record, Object before, Object after, ColumnsOfInterest ofInterest) {
        DiffHeader header = diff;
        if (header == null) {
            return ofInterest.differ(before, after) || changesKey(record.key(), before, after) ? record : null;
        }
        List<String> changed = ofInterest.between(before, after);
        if (changed.isEmpty() && !changesKey(record.key(), before, after)) {
            return null;
        }
        Headers headers = record.headers().duplicate();
        header.addTo(headers, before, after, changed);
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                record.valueSchema(),
                record.value(),
                record.timestamp(),
                headers);
    }

    private boolean changesKey(@Nullable Object key, Object before, Object after) {
        if (key instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                if (columns.differs(before, after, field.name())) {
                    return true;
                }
            }
        } else if (key instanceof Map<?, ?> map) {
            return map.keySet().stream().anyMatch(name -> columns.differs(before, after, String.valueOf(name)));
        }
        return false;
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
