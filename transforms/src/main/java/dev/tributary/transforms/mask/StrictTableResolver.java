// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.BoundedMap;
import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.event.TableResolver;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Determines the table of a record as {@link TableResolver} does, but never lets an event with a row pass unmasked
 * because its table is unknown.
 *
 * <p>A tombstone belongs to the table of the last event on the same topic that had a key whose schema has the same
 * name. So its key is masked as the key of that event was, even if topic or schemas have been renamed. Not thread-safe.
 */
public final class StrictTableResolver {

    private final TableResolver tables = new TableResolver();
    private final BoundedMap<Keys, TableName> ofEvents = new BoundedMap<>();
    private @Nullable TableName last;
    private @Nullable String lastTopic;
    private @Nullable Schema lastKeySchema;

    /**
     * Null if the table is unknown.
     *
     * @param event the record as an event; null if it is none
     * @throws DataException if the record is an event with a row and nothing names its table
     */
    public @Nullable TableName resolve(ConnectRecord<?> record, @Nullable ChangeEvent event) {
        if (event == null && record.value() == null) {
            TableName before = ofEvents.get(new Keys(record.topic(), nameOf(record.keySchema())));
            return before == null ? tables.resolve(record, null) : before;
        }
        TableName table = tables.resolve(record, event);
        if (event != null) {
            if (table == null && event.row() != null) {
                throw new DataException("The event on topic " + record.topic()
                        + " does not name its table: its source has no schema and table, and its topic and schemas are"
                        + " not named prefix.schema.table. Without the table, MaskFields finds no rules for the"
                        + " columns. Fix: put MaskFields before the transform that removes the names");
            }
            remember(record, table);
        }
        return table;
    }

    private void remember(ConnectRecord<?> record, @Nullable TableName table) {
        if (table == null || record.key() == null) {
            return;
        }
        boolean repeated = table.equals(last)
                && record.keySchema() == lastKeySchema
                && record.topic().equals(lastTopic);
        if (!repeated) {
            ofEvents.put(new Keys(record.topic(), nameOf(record.keySchema())), table);
            last = table;
            lastKeySchema = record.keySchema();
            lastTopic = record.topic();
        }
    }

    private static @Nullable String nameOf(@Nullable Schema schema) {
        return schema == null ? null : schema.name();
    }

    /** Keys that are masked alike. */
    private record Keys(@Nullable String topic, @Nullable String schemaName) {}
}
