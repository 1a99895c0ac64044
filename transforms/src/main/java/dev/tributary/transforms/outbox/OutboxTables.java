// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.SchemaCache;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.errors.DataException;
import org.jspecify.annotations.Nullable;

/** The tables whose rows are messages: globs over {@code schema.table}, or all tables. Not for several threads at once. */
public final class OutboxTables {

    private final List<Pattern> globs;
    private final SchemaCache<SourceFields> sources = new SchemaCache<>(SourceFields::of);
    private final Map<String, Boolean> tables = Bounded.map();
    private final Map<String, Boolean> topics = Bounded.map();
    private @Nullable Table last;
    private boolean lastIsOutbox;

    private OutboxTables(List<Pattern> globs) {
        this.globs = globs;
    }

    /**
     * @param globs with {@code *} for any text and {@code ?} for any character; none for all tables
     * @throws IllegalArgumentException if one can match no table
     */
    public static OutboxTables parse(List<String> globs) {
        return new OutboxTables(globs.stream().map(OutboxTables::pattern).toList());
    }

    private static Pattern pattern(String glob) {
        String text = glob.strip();
        if (text.isEmpty() || !(text.contains(".") || text.contains("*"))) {
            throw new IllegalArgumentException(
                    "'" + glob + "' is no table with its schema, such as shop.outbox, *.outbox or shop.outbox_*");
        }
        StringBuilder regex = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '*' -> regex.append(".*");
                case '?' -> regex.append('.');
                default -> regex.append(Pattern.quote(Character.toString(c)));
            }
        });
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }

    /** Whether each event is taken for one of an outbox. */
    public boolean areAll() {
        return globs.isEmpty();
    }

    /**
     * Whether the event is one of an outbox.
     *
     * @param topic of the record, for messages
     * @throws DataException if the event does not say what table it is of
     */
    public boolean have(ChangeEvent event, String topic) {
        if (areAll()) {
            return true;
        }
        Table table = table(event);
        if (table == null) {
            throw new DataException("An event of topic " + topic
                    + " does not say in source.schema and source.table what table it is of. The option table needs these:"
                    + " put this transform before the one that removes them, or leave the option empty and choose the records"
                    + " with a predicate.");
        }
        if (!table.equals(last)) {
            last = table;
            lastIsOutbox = tables.computeIfAbsent(table.toString(), this::match);
        }
        return lastIsOutbox;
    }

    /**
     * Whether the records of a topic are of an outbox, by its name: Debezium's connectors call it prefix.schema.table. A
     * tombstone says no more than that.
     */
    public boolean haveTopic(String topic) {
        return areAll() || topics.computeIfAbsent(topic, this::matchTopic);
    }

    private boolean match(String table) {
        return globs.stream().anyMatch(glob -> glob.matcher(table).matches());
    }

    private boolean matchTopic(String topic) {
        int dot = topic.lastIndexOf('.', topic.lastIndexOf('.') - 1);
        return dot >= 0 && match(topic.substring(dot + 1));
    }

    /** What to call the table of an event in a message. */
    public String nameOf(ChangeEvent event, String topic) {
        Table table = table(event);
        return table == null ? "topic " + topic : "table " + table;
    }

    private @Nullable Table table(ChangeEvent event) {
        Object source = event.source();
        if (source instanceof Struct struct) {
            return sources.get(struct.schema()).table(struct);
        }
        if (source instanceof Map<?, ?> map) {
            Object schema = map.containsKey("schema") ? map.get("schema") : map.get("db");
            return Table.of(schema, map.get("table"));
        }
        return null;
    }

    private record Table(String schema, String name) {

        static @Nullable Table of(@Nullable Object schema, @Nullable Object name) {
            return schema instanceof String s && name instanceof String n ? new Table(s, n) : null;
        }

        @Override
        public String toString() {
            return schema + "." + name;
        }
    }

    /** Databases without schemas, such as MySQL, say {@code db} only. */
    private record SourceFields(
            @Nullable Field schema, @Nullable Field table) {

        static SourceFields of(Schema source) {
            Field schema = source.field("schema");
            return new SourceFields(schema == null ? source.field("db") : schema, source.field("table"));
        }

        @Nullable
        Table table(Struct source) {
            return schema == null || table == null ? null : Table.of(source.get(schema), source.get(table));
        }
    }
}
