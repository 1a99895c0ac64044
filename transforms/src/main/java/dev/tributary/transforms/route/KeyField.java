// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.route;

import dev.tributary.transforms.event.SchemaCache;
import dev.tributary.transforms.event.Schemas;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Adds the original topic of a record to its key, so that the keys of several tables stay different in one topic. It is
 * the topic and not the table, because a tombstone has the same topic as the row that it removes.
 */
public final class KeyField {

    private final String name;
    private final SchemaCache<Schema> extended = new SchemaCache<>(this::extended);

    public KeyField(String name) {
        this.name = name;
    }

    /**
     * The key with the field; null if there is no key.
     *
     * @throws DataException if the key cannot have fields, or already has one of that name
     */
    public @Nullable Object of(ConnectRecord<?> record) {
        Object key = record.key();
        if (key == null) {
            return null;
        }
        if (key instanceof Struct struct) {
            return of(struct, record.topic());
        }
        if (!(key instanceof Map<?, ?> map) || record.keySchema() != null) {
            throw new DataException("The key of a record in topic " + record.topic()
                    + " has no fields: key.field cannot add " + name + " to it");
        }
        if (map.containsKey(name)) {
            throw alreadyHasField(record.topic());
        }
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
        copy.put(name, record.topic());
        return copy;
    }

    private Struct of(Struct key, String topic) {
        if (key.schema().field(name) != null) {
            throw alreadyHasField(topic);
        }
        Schema schema = extended.get(key.schema());
        Struct copy = new Struct(schema);
        for (Field field : key.schema().fields()) {
            copy.put(schema.fields().get(field.index()), Schemas.withoutDefault(key, field));
        }
        return copy.put(name, topic);
    }

    private DataException alreadyHasField(String topic) {
        return new DataException("The key of a record in topic " + topic + " already has a field " + name
                + "; set key.field to another name");
    }

    private Schema extended(Schema key) {
        SchemaBuilder builder = Schemas.copyWithoutFields(key);
        key.fields().forEach(field -> builder.field(field.name(), field.schema()));
        return builder.field(name, Schema.STRING_SCHEMA).build();
    }
}
