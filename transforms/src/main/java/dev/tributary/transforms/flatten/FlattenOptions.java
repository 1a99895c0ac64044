// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.flatten;

import dev.tributary.transforms.event.ChangedColumns;
import dev.tributary.transforms.event.UnavailableValue;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

/** The options of {@link dev.tributary.transforms.FlattenChange}, and the parts that they configure. */
public final class FlattenOptions {

    private static final String DELETES = "deletes";
    private static final String ADD_FIELDS = "add.fields";
    private static final String ADD_FIELDS_PREFIX = "add.fields.prefix";
    private static final String ADD_HEADERS = "add.headers";
    private static final String ADD_HEADERS_PREFIX = "add.headers.prefix";
    private static final String CHANGED_HEADER = "changed.header";
    private static final String PLACEHOLDER = "unavailable.value.placeholder";

    private static final String METADATA = "a list of fields of the envelope: op, ts_ms, source.lsn, transaction.id";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = OptionDefinition.define(
            "Flatten",
            OptionDefinition.choice(DELETES, Deletes.TOMBSTONE)
                    .highImportance()
                    .displayName("Deletes")
                    .documentation(
                            "What happens to a delete. tombstone: it becomes a tombstone, so that compaction removes"
                                    + " the key; the tombstone that the connector sends after the delete is dropped as"
                                    + " a duplicate. rewrite: it becomes the old row with __deleted=true, and there is"
                                    + " no tombstone; every other row has __deleted=false. both: as rewrite, followed"
                                    + " by the tombstone. drop: the delete and its tombstone are dropped."),
            OptionDefinition.list(ADD_FIELDS, List.of())
                    .displayName("Added fields")
                    .listValidatedBy(METADATA, entries -> Metadata.parse(entries, ""))
                    .documentation("Fields of the envelope that are added to the row. op, ts_ms, ts_us and ts_ns are"
                            + " fields of the envelope itself; id, total_order and data_collection_order are fields of"
                            + " the transaction; any other name, such as lsn or table, is a field of source."
                            + " source.ts_ms and transaction.id are full names, and keep the part in the new name:"
                            + " __source_ts_ms. op:operation gives the field another name. A field that the event does"
                            + " not have is not added."),
            OptionDefinition.text(ADD_FIELDS_PREFIX, "__")
                    .lowImportance()
                    .displayName("Prefix of added fields")
                    .documentation("The prefix of the names of added fields, including those given with a colon."),
            OptionDefinition.list(ADD_HEADERS, List.of())
                    .displayName("Added headers")
                    .listValidatedBy(METADATA, entries -> Metadata.parse(entries, ""))
                    .documentation(
                            "As add.fields, but added as headers of the record. The row stays as it is, and tombstones"
                                    + " get headers, too."),
            OptionDefinition.text(ADD_HEADERS_PREFIX, "__")
                    .lowImportance()
                    .displayName("Prefix of added headers")
                    .documentation("The prefix of the names of added headers, including those given with a colon."),
            OptionDefinition.text(CHANGED_HEADER, "")
                    .displayName("Header of changed columns")
                    .documentation("The name of a header that lists the columns an update has changed; empty for none."
                            + " Columns can be compared only if the event contains the old row, which requires"
                            + " REPLICA IDENTITY FULL. The list is empty for other events, and if the old row"
                            + " is not known."),
            OptionDefinition.text(PLACEHOLDER, UnavailableValue.DEFAULT)
                    .lowImportance()
                    .displayName("Placeholder")
                    .documentation(
                            "The placeholder that the connector writes for a value that Postgres did not send because"
                                    + " it did not change; such a column counts as unchanged. Must be the same as the"
                                    + " connector's option of this name."));

    private final OptionValues values;

    /** @throws org.apache.kafka.common.config.ConfigException if an option is not valid, or options conflict */
    public FlattenOptions(Map<String, ?> configuration) {
        values = new OptionValues(CONFIG_DEF, configuration);
    }

    public Deletes deletes() {
        return values.choice(DELETES, Deletes.class);
    }

    public FlatRows rows() {
        return new FlatRows(deletes().marks(), metadata(ADD_FIELDS, ADD_FIELDS_PREFIX));
    }

    public AddedHeaders headers() {
        return new AddedHeaders(metadata(ADD_HEADERS, ADD_HEADERS_PREFIX));
    }

    private List<Metadata> metadata(String fields, String prefix) {
        return Metadata.parse(values.getList(fields), values.getString(prefix));
    }

    /** Null for no such header. */
    public @Nullable String changedHeader() {
        return values.textOrNull(CHANGED_HEADER);
    }

    public ChangedColumns columns() {
        return new ChangedColumns(values.getString(PLACEHOLDER));
    }
}
