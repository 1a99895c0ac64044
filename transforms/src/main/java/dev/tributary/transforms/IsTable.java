// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.event.TableResolver;
import dev.tributary.transforms.glob.Globs;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.transforms.predicates.Predicate;

/**
 * True for records about certain tables.
 *
 * <p>{@link TableResolver} determines the table of a record. A record about no table, such as a heartbeat, is about
 * none of these.
 *
 * @param <R> records of a source or of a sink
 */
public final class IsTable<R extends ConnectRecord<R>> implements Predicate<R>, Versioned {

    /** What the predicate does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "True for records about certain tables, so that a transform is applied only to these or, with"
                    + " negate, to all others.";

    static final String TABLES = "tables";

    private static final String FORM = "schema.table";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "Table",
            OptionDefinition.list(TABLES, List.of())
                    .required()
                    .highImportance()
                    .displayName("Tables")
                    .listValidatedBy(
                            "a list of schema.table, in which * is a wildcard: shop.orders, shop.*, *.*_log",
                            IsTable::parse)
                    .documentation(
                            "The tables for which the predicate is true, with their schemas. A * matches any number of"
                                    + " characters in the name of the schema or of the table. Case matters."));

    private final ChangeEvents events = new ChangeEvents();
    private final TableResolver tables = new TableResolver();
    private BoundedCache<TableName, Boolean> chosen = new BoundedCache<>(table -> false);

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return CONFIG_DEF;
    }

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid */
    @Override
    public void configure(Map<String, ?> configuration) {
        Globs globs = parse(new OptionValues(CONFIG_DEF, configuration).getList(TABLES));
        chosen = new BoundedCache<>(table -> globs.matches(table.schema(), table.name()));
    }

    private static Globs parse(List<String> entries) {
        Globs globs = Globs.parse(entries, FORM);
        if (globs.isEmpty()) {
            throw new IllegalArgumentException("no table is given; *.* matches all");
        }
        return globs;
    }

    @Override
    public synchronized boolean test(R record) {
        TableName table = tables.resolve(record, events.of(record));
        return table != null && chosen.get(table);
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
