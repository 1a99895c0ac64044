// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.ChangedColumns;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.flatten.AddedHeaders;
import dev.tributary.transforms.flatten.Deletes;
import dev.tributary.transforms.flatten.FlatRows;
import dev.tributary.transforms.flatten.Metadata;
import dev.tributary.transforms.options.OptionDefinition;
import dev.tributary.transforms.options.OptionValues;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.header.Headers;
import org.apache.kafka.connect.transforms.Transformation;
import org.jspecify.annotations.Nullable;

/**
 * Turns envelopes into rows: the value of a record becomes the row after the change.
 *
 * <p>A row to which nothing is added is passed on as it is, unread. Truncates are dropped, since a flat row cannot
 * represent them.
 *
 * @param <R> records of a source or of a sink
 */
public final class FlattenChange<R extends ConnectRecord<R>> implements Transformation<R> {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Turns change events into rows: the value becomes the row after the change, and a delete"
                    + " becomes a tombstone, a marked row, or nothing. Metadata of the event can be added as fields"
                    + " or as headers.";

    static final String DELETES = "deletes";
    static final String ADD_FIELDS = "add.fields";
    static final String ADD_FIELDS_PREFIX = "add.fields.prefix";
    static final String ADD_HEADERS = "add.headers";
    static final String ADD_HEADERS_PREFIX = "add.headers.prefix";
    static final String CHANGED_HEADER = "changed.header";
    static final String PLACEHOLDER = "unavailable.value.placeholder";

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
            OptionDefinition.text(PLACEHOLDER, ChangedColumns.DEFAULT_PLACEHOLDER)
                    .lowImportance()
                    .displayName("Placeholder")
                    .documentation(
                            "The placeholder that the connector writes for a value that Postgres did not send because"
                                    + " it did not change; such a column counts as unchanged. Must be the same as the"
                                    + " connector's option of this name."));

    private static final Schema NAMES =
            SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build();

    private final ChangeEvents events = new ChangeEvents();
    private Deletes deletes = Deletes.TOMBSTONE;
    private FlatRows rows = new FlatRows(false, List.of());
    private AddedHeaders headers = new AddedHeaders(List.of());
    private @Nullable String changedHeader;
    private ChangedColumns columns = new ChangedColumns(ChangedColumns.DEFAULT_PLACEHOLDER);
    private @Nullable R lastTombstone;

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
        OptionValues options = new OptionValues(CONFIG_DEF, configuration);
        deletes = options.choice(DELETES, Deletes.class);
        rows = new FlatRows(
                deletes.marks(), Metadata.parse(options.getList(ADD_FIELDS), options.getString(ADD_FIELDS_PREFIX)));
        headers = new AddedHeaders(Metadata.parse(options.getList(ADD_HEADERS), options.getString(ADD_HEADERS_PREFIX)));
        changedHeader = options.textOrNull(CHANGED_HEADER);
        columns = new ChangedColumns(options.getString(PLACEHOLDER));
    }

    @Override
    public @Nullable R apply(R record) {
        if (record.value() == null) {
            return tombstone(record);
        }
        ChangeEvent event = events.of(record);
        if (event == null || event.operation() == Operation.MESSAGE) {
            return record;
        }
        return switch (event.operation()) {
            case CREATE, UPDATE, READ, MESSAGE -> {
                Object after = event.after();
                yield after == null ? record : flat(record, event, after, false);
            }
            case DELETE -> delete(record, event);
            case TRUNCATE -> null;
        };
    }

    private @Nullable R delete(R record, ChangeEvent event) {
        Object before = event.before();
        if (deletes == Deletes.DROP) {
            return null;
        }
        if (deletes.marks() && before != null) {
            return flat(record, event, before, true);
        }
        R tombstone = with(record, event, null, null);
        lastTombstone = tombstone;
        return tombstone;
    }

    private @Nullable R tombstone(R record) {
        R last = lastTombstone;
        lastTombstone = null;
        boolean repeated =
                last != null && last.topic().equals(record.topic()) && Objects.equals(last.key(), record.key());
        if (repeated || !deletes.keepsTombstones()) {
            return null;
        }
        headers.addToTombstone(record.headers());
        return record;
    }

    private R flat(R record, ChangeEvent event, Object row, boolean deleted) {
        Object flat = rows.addsNothing() ? row : rows.of(event, row, deleted);
        return with(record, event, flat instanceof Struct struct ? struct.schema() : null, flat);
    }

    private R with(R record, ChangeEvent event, @Nullable Schema schema, @Nullable Object value) {
        lastTombstone = null;
        return record.newRecord(
                record.topic(),
                record.kafkaPartition(),
                record.keySchema(),
                record.key(),
                schema,
                value,
                record.timestamp(),
                headersOf(record, event));
    }

    private Headers headersOf(R record, ChangeEvent event) {
        Headers all = record.headers();
        if (headers.isEmpty() && changedHeader == null) {
            return all;
        }
        all = all.duplicate();
        headers.addTo(all, event);
        if (changedHeader != null) {
            all.add(changedHeader, changed(event), NAMES);
        }
        return all;
    }

    private List<String> changed(ChangeEvent event) {
        Object before = event.before();
        Object after = event.after();
        return before == null || after == null ? List.of() : columns.between(before, after);
    }

    @Override
    public void close() {
        // Nothing to release.
    }
}
