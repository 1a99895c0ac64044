// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Determines the table that a record is about. A change event names it in its source. A tombstone and a flat row have
 * no source: their table is taken from the name of the value's schema or else of the key's,
 * {@code shop.public.orders.Value}, or else from the topic, {@code shop.public.orders}. Only then is the name a guess:
 * if a table's name contains a dot, only the part after the dot is taken, and characters that are not legal in topics
 * appear as the {@code _} that the connector wrote for them.
 *
 * <p>The same table is the same object while it is cached. Not thread-safe.
 */
public final class TableResolver {

    /** The table of Debezium's own records, such as heartbeats. */
    private static final TableName NONE = new TableName("", "");

    /** The fields of a heartbeat, and those of a boundary of a transaction. */
    private static final Set<String> HEARTBEAT = Set.of("ts_ms");

    private static final Set<String> BOUNDARY = Set.of("status", "id", "ts_ms", "event_count", "data_collections");

    private final SchemaCache<Names> names = new SchemaCache<>(Names::of);
    private final SchemaCache<Optional<TableName>> bySchema = new SchemaCache<>(schema -> ofSchema(schema.name()));
    private final BoundedCache<String, Optional<TableName>> byTopic = new BoundedCache<>(this::ofTopic);
    private final BoundedCache<TableName, TableName> interned = new BoundedCache<>(Function.identity());
    private TableName last = NONE;

    /**
     * Null if the table cannot be determined, or the record is about no table: a heartbeat, a transaction boundary, a
     * logical message.
     *
     * @param event the record as {@link ChangeEvents} recognized it
     */
    public @Nullable TableName resolve(ConnectRecord<?> record, @Nullable ChangeEvent event) {
        if (event != null) {
            if (event.operation() == Operation.MESSAGE) {
                return null;
            }
            TableName fromSource = fromSource(event);
            if (fromSource != null) {
                return fromSource;
            }
        }
        Optional<TableName> found = ofSchema(record.valueSchema());
        if (found.isEmpty()) {
            found = ofSchema(record.keySchema());
        }
        if (found.isEmpty() && record.topic() != null) {
            found = byTopic.get(record.topic());
        }
        TableName table = found.orElse(NONE);
        return table.equals(NONE) ? null : table;
    }

    /** Whether Debezium makes such records itself, about no table: heartbeats, boundaries of transactions. */
    public static boolean isAboutNoTable(ConnectRecord<?> record) {
        return isDebeziums(record.valueSchema())
                || isDebeziums(record.keySchema())
                || (record.topic() != null && record.topic().startsWith("__debezium"))
                || (record.value() instanceof Map<?, ?> map && (map.keySet().equals(HEARTBEAT) || isBoundary(map)));
    }

    private static boolean isBoundary(Map<?, ?> map) {
        return BOUNDARY.containsAll(map.keySet())
                && (map.get("status") instanceof String status)
                && List.of("BEGIN", "END").contains(status);
    }

    private static boolean isDebeziums(@Nullable Schema schema) {
        return schema != null && schema.name() != null && schema.name().startsWith("io.debezium.");
    }

    /** The table that the event's source names; null if it names none. */
    public @Nullable TableName fromSource(ChangeEvent event) {
        Object source = event.source();
        if (source instanceof Struct struct) {
            Names fields = names.get(struct.schema());
            return fields.schema == null || fields.table == null
                    ? null
                    : table(Schemas.orDefault(struct, fields.schema), Schemas.orDefault(struct, fields.table));
        }
        if (source instanceof Map<?, ?> map) {
            return table(map.get(map.containsKey(Names.SCHEMA) ? Names.SCHEMA : Names.DATABASE), map.get(Names.TABLE));
        }
        return null;
    }

    private @Nullable TableName table(@Nullable Object schema, @Nullable Object name) {
        if (!(schema instanceof String schemaName)
                || !(name instanceof String tableName)
                || schemaName.isEmpty()
                || tableName.isEmpty()) {
            return null;
        }
        if (!last.name().equals(tableName) || !last.schema().equals(schemaName)) {
            last = interned.get(new TableName(schemaName, tableName));
        }
        return last;
    }

    /** The table that the name of a topic contains; null if it contains none. */
    public @Nullable TableName fromTopic(String topic) {
        return byTopic.get(topic).orElse(null);
    }

    private Optional<TableName> ofSchema(@Nullable Schema schema) {
        return schema == null || schema.name() == null ? Optional.empty() : bySchema.get(schema);
    }

    private Optional<TableName> ofSchema(String name) {
        if (name.startsWith("io.debezium.")) {
            return Optional.of(NONE);
        }
        int end = name.lastIndexOf('.');
        return switch (name.substring(end + 1)) {
            case "Value", "Key", "Envelope" -> end < 0 ? Optional.empty() : ofDotted(name.substring(0, end));
            default -> Optional.empty();
        };
    }

    private Optional<TableName> ofTopic(String topic) {
        return topic.startsWith("__debezium") ? Optional.empty() : ofDotted(topic);
    }

    /** The last two of at least three parts, since a prefix may contain dots. */
    private Optional<TableName> ofDotted(String name) {
        int second = name.lastIndexOf('.');
        int first = name.lastIndexOf('.', second - 1);
        return first < 1
                ? Optional.empty()
                : Optional.ofNullable(table(name.substring(first + 1, second), name.substring(second + 1)));
    }

    /**
     * Where the names are in the source of an event.
     *
     * @param schema the field with the schema, or with the database if its tables have no schemas, as in MySQL
     */
    private record Names(@Nullable Field schema, @Nullable Field table) {

        static final String SCHEMA = "schema";
        static final String DATABASE = "db";
        static final String TABLE = "table";

        static Names of(Schema source) {
            Field schema = source.field(SCHEMA);
            return new Names(schema == null ? source.field(DATABASE) : schema, source.field(TABLE));
        }
    }
}
