// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.ChangedColumns;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.event.UnavailableValue;
import dev.tributary.transforms.flatten.AddedHeaders;
import dev.tributary.transforms.flatten.Deletes;
import dev.tributary.transforms.flatten.FlatRows;
import dev.tributary.transforms.flatten.FlattenOptions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
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
public final class FlattenChange<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Turns change events into rows: the value becomes the row after the change, and a delete"
                    + " becomes a tombstone, a marked row, or nothing. Metadata of the event can be added as fields"
                    + " or as headers.";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = FlattenOptions.CONFIG_DEF;

    private static final Schema NAMES =
            SchemaBuilder.array(Schema.OPTIONAL_STRING_SCHEMA).optional().build();

    private final ChangeEvents events = new ChangeEvents();
    private Deletes deletes = Deletes.TOMBSTONE;
    private FlatRows rows = new FlatRows(false, List.of());
    private AddedHeaders headers = new AddedHeaders(List.of());
    private @Nullable String changedHeader;
    private ChangedColumns columns = new ChangedColumns(UnavailableValue.DEFAULT);
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
        FlattenOptions options = new FlattenOptions(configuration);
        deletes = options.deletes();
        rows = options.rows();
        headers = options.headers();
        changedHeader = options.changedHeader();
        columns = options.columns();
    }

    @Override
    public synchronized @Nullable R apply(R record) {
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
