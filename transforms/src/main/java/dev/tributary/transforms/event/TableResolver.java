// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.event;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.jspecify.annotations.Nullable;

/**
 * Tells which table a record is about. The source of a change event says it. A tombstone and a flat row have none: then the
 * name of the value's schema or else of the key's says it, {@code shop.public.orders.Value}, or else the topic,
 * {@code shop.public.orders}. Only there is a name guessed: if it has a dot in itself, what is behind the dot is taken for it,
 * and characters that no topic can have are the {@code _} that the connector made of them.
 *
 * <p>The same table is the same object, as long as it is kept. Not for several threads at once.
 */
public final class TableResolver {

    /** Of what is a record of Debezium's own, such as a heartbeat. */
    private static final TableName NONE = new TableName("", "");

    private final SchemaCache<Names> names = new SchemaCache<>(Names::of);
    private final SchemaCache<Optional<TableName>> bySchema = new SchemaCache<>(schema -> ofSchema(schema.name()));
    private final BoundedCache<String, Optional<TableName>> byTopic = new BoundedCache<>(this::ofTopic);
    private final BoundedCache<TableName, TableName> known = new BoundedCache<>(Function.identity());
    private TableName last = NONE;

    /**
     * Null if it cannot be told, or the record is about no table: a heartbeat, a boundary of a transaction, a logical message.
     *
     * @param event what {@link ChangeEvents} made of the record
     */
    public @Nullable TableName resolve(ConnectRecord<?> record, @Nullable ChangeEvent event) {
        if (event != null) {
            if (event.operation() == Operation.MESSAGE) {
                return null;
            }
            TableName named = fromSource(event);
            if (named != null) {
                return named;
            }
        }
        Optional<TableName> named = ofSchema(record.valueSchema());
        if (named.isEmpty()) {
            named = ofSchema(record.keySchema());
        }
        if (named.isEmpty() && record.topic() != null) {
            named = byTopic.get(record.topic());
        }
        TableName table = named.orElse(NONE);
        return table.equals(NONE) ? null : table;
    }

    /** The table that an event says itself; null if it does not. */
    public @Nullable TableName fromSource(ChangeEvent event) {
        Object source = event.source();
        if (source instanceof Struct struct) {
            Names fields = names.get(struct.schema());
            return fields.schema == null || fields.table == null
                    ? null
                    : table(struct.get(fields.schema), struct.get(fields.table));
        }
        if (source instanceof Map<?, ?> map) {
            return table(map.get(map.containsKey(Names.SCHEMA) ? Names.SCHEMA : Names.DATABASE), map.get(Names.TABLE));
        }
        return null;
    }

    private @Nullable TableName table(@Nullable Object schema, @Nullable Object name) {
        if (!(schema instanceof String in) || !(name instanceof String named) || in.isEmpty() || named.isEmpty()) {
            return null;
        }
        if (!last.name().equals(named) || !last.schema().equals(in)) {
            last = known.get(new TableName(in, named));
        }
        return last;
    }

    /** The table that the name of a topic tells; null if it tells none. */
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

    /** The last two of three parts or more: a prefix may have dots. */
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
     * @param schema that of the database where tables have no schema, as in MySQL
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
