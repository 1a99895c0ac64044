// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms;

import dev.tributary.transforms.compare.ColumnsOfInterest;
import dev.tributary.transforms.compare.DiffHeader;
import dev.tributary.transforms.compare.DropUnchangedOptions;
import dev.tributary.transforms.compare.UncomparedTables;
import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.ChangeEvents;
import dev.tributary.transforms.event.ChangedColumns;
import dev.tributary.transforms.event.Operation;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.event.TableResolver;
import dev.tributary.transforms.event.UnavailableValue;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.components.Versioned;
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
public final class DropUnchanged<R extends ConnectRecord<R>> implements Transformation<R>, Versioned {

    /** What the transform does, in a sentence. */
    public static final String OVERVIEW_DOC =
            "Drops updates in which no column of interest changed. A header can say what an update changed.";

    /** The options. */
    public static final ConfigDef CONFIG_DEF = DropUnchangedOptions.CONFIG_DEF;

    private static final TableName UNKNOWN = new TableName("", "");

    private final ChangeEvents events = new ChangeEvents();
    private final TableResolver tables = new TableResolver();
    private final UncomparedTables uncompared = new UncomparedTables();
    private ChangedColumns columns = new ChangedColumns(UnavailableValue.DEFAULT);
    private BoundedCache<TableName, ColumnsOfInterest> ofInterest =
            ColumnsOfInterest.byTable(List.of(), List.of(), columns);
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
        DropUnchangedOptions options = new DropUnchangedOptions(configuration);
        columns = options.columns();
        ofInterest = options.ofInterest(columns);
        diff = options.diffHeader();
    }

    @Override
    public synchronized @Nullable R apply(R record) {
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
