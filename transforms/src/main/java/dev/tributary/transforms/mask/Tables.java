// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.mask;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.FieldPath;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.connect.connector.ConnectRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/**
 * Which table a record is about. An event says it in its {@code source}. Else the names of its schemas say it, if they have the
 * form {@code prefix.schema.table.Value}, with {@code Key} or {@code Envelope} at the end alike, or the topic, if it is
 * {@code prefix.schema.table}; a prefix may have dots.
 *
 * <p>A tombstone is about the table of the event before it, on the same topic and with a key of the same schema: so its key is
 * treated as the key of that event, whatever became of the names on the way. Not for several threads at once.
 */
public final class Tables {

    /** More topics than most connectors have. */
    private static final int BOUND = 4096;

    private static final FieldPath SCHEMA = FieldPath.parse("schema");
    private static final FieldPath DATABASE = FieldPath.parse("db");
    private static final FieldPath TABLE = FieldPath.parse("table");
    private static final List<String> ENDINGS = List.of(".Value", ".Key", ".Envelope");
    private static final String OF_DEBEZIUM = "io.debezium.";

    private final Map<String, Optional<Table>> ofSchemas = new Bounded<>(BOUND);
    private final Map<String, Optional<Table>> ofTopics = new Bounded<>(BOUND);
    private final Map<Keys, Table> ofEvents = new Bounded<>(BOUND);
    private @Nullable Table last;
    private @Nullable Table noted;
    private @Nullable String notedTopic;
    private @Nullable Schema notedKey;

    /**
     * Null if it is not known.
     *
     * @param event that the record is; null if it is none
     * @throws DataException if the record is an event with a row, and nothing says of which table
     */
    public @Nullable Table of(ConnectRecord<?> record, @Nullable ChangeEvent event) {
        if (event != null) {
            Table table = ofSource(event.source());
            if (table == null) {
                table = ofNames(record);
            }
            if (table == null && event.row() != null) {
                throw new DataException(
                        "The event on topic " + record.topic() + " does not say its table: source has no"
                                + " schema and table, and topic and schemas have other names than prefix.schema.table. So no rule can"
                                + " be found for its columns; put MaskFields before the transform that takes the names away");
            }
            note(record, table);
            return table;
        }
        if (record.value() == null) {
            Table before = ofEvents.get(new Keys(record.topic(), nameOf(record.keySchema())));
            return before == null ? ofNames(record) : before;
        }
        return ofNames(record);
    }

    private @Nullable Table ofSource(@Nullable Object source) {
        String schema = name(SCHEMA.in(source));
        if (schema == null) {
            schema = name(DATABASE.in(source));
        }
        String table = name(TABLE.in(source));
        if (schema == null || table == null) {
            return null;
        }
        Table known = last;
        if (known == null || !known.name().equals(table) || !known.schema().equals(schema)) {
            known = new Table(schema, table);
            last = known;
        }
        return known;
    }

    private static @Nullable String name(@Nullable Object value) {
        return value instanceof String text && !text.isEmpty() ? text : null;
    }

    private void note(ConnectRecord<?> record, @Nullable Table table) {
        if (table == null) {
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

    private @Nullable Table ofNames(ConnectRecord<?> record) {
        String valueName = nameOf(record.valueSchema());
        String keyName = nameOf(record.keySchema());
        if (isDebeziums(valueName) || isDebeziums(keyName)) {
            return null;
        }
        Table table = lookUp(ofSchemas, valueName, Tables::ofSchema);
        if (table == null) {
            table = lookUp(ofSchemas, keyName, Tables::ofSchema);
        }
        return table == null ? lookUp(ofTopics, record.topic(), Tables::ofTopic) : table;
    }

    private static @Nullable String nameOf(@Nullable Schema schema) {
        return schema == null ? null : schema.name();
    }

    /** Heartbeats and boundaries of transactions are about no table, whatever topic they are on. */
    private static boolean isDebeziums(@Nullable String schemaName) {
        return schemaName != null && schemaName.startsWith(OF_DEBEZIUM);
    }

    private static @Nullable Table lookUp(
            Map<String, Optional<Table>> known, @Nullable String name, Function<String, Optional<Table>> reader) {
        if (name == null) {
            return null;
        }
        Optional<Table> table = known.get(name);
        if (table == null) {
            table = reader.apply(name);
            known.put(name, table);
        }
        return table.orElse(null);
    }

    private static Optional<Table> ofSchema(String name) {
        return ENDINGS.stream()
                .filter(name::endsWith)
                .findFirst()
                .flatMap(ending -> ofTopic(name.substring(0, name.length() - ending.length())));
    }

    private static Optional<Table> ofTopic(String topic) {
        String[] names = topic.split("\\.", -1);
        int count = names.length;
        return count < 3 || List.of(names).contains("")
                ? Optional.empty()
                : Optional.of(new Table(names[count - 2], names[count - 1]));
    }

    /** Keys that are alike. */
    private record Keys(@Nullable String topic, @Nullable String schemaName) {}
}
