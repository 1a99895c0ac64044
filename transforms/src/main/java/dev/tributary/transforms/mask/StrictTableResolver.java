// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.event.BoundedMap;
import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.event.TableResolver;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Which table a record is about, as {@link TableResolver} tells, and without fail: no event with a row passes unmasked because its
 * table is not known.
 *
 * <p>A tombstone is about the table of the event before it, on the same topic and with a key whose schema has the same name: so
 * its key is treated as the key of that event, whatever became of the names on the way. Not for several threads at once.
 */
public final class StrictTableResolver {

    private final TableResolver tables = new TableResolver();
    private final Map<Keys, TableName> ofEvents = new BoundedMap<>(BoundedCache.BOUND);
    private @Nullable TableName noted;
    private @Nullable String notedTopic;
    private @Nullable Schema notedKey;

    /**
     * Null if it is not known.
     *
     * @param event that the record is; null if it is none
     * @throws DataException if the record is an event with a row, and nothing says of which table
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
                        + " does not say its table: source has no schema and table, and topic and schemas have other names than"
                        + " prefix.schema.table. So no rule can be found for its columns; put MaskFields before the transform"
                        + " that takes the names away");
            }
            note(record, table);
        }
        return table;
    }

    private void note(ConnectRecord<?> record, @Nullable TableName table) {
        if (table == null || record.key() == null) {
            return;
        }
        boolean repeated = table.equals(noted)
                && record.keySchema() == notedKey
                && record.topic().equals(notedTopic);
        if (!repeated) {
            ofEvents.put(new Keys(record.topic(), nameOf(record.keySchema())), table);
            noted = table;
            notedKey = record.keySchema();
            notedTopic = record.topic();
        }
    }

    private static @Nullable String nameOf(@Nullable Schema schema) {
        return schema == null ? null : schema.name();
    }

    /** Keys that are alike. */
    private record Keys(@Nullable String topic, @Nullable String schemaName) {}
}
