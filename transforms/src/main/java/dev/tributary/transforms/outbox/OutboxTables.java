// SPDX-License-Identifier: Apache-2.0
package dev.tributary.transforms.outbox;

import dev.tributary.transforms.event.BoundedCache;
import dev.tributary.transforms.event.ChangeEvent;
import dev.tributary.transforms.event.TableName;
import dev.tributary.transforms.event.TableResolver;
import dev.tributary.transforms.glob.Glob;
import java.util.List;
import org.apache.kafka.connect.errors.DataException;

/** The tables whose rows are messages: globs over {@code schema.table}, or all tables. Not thread-safe. */
public final class OutboxTables {

    private final List<Glob> globs;
    private final TableResolver tables = new TableResolver();
    private final BoundedCache<TableName, Boolean> outboxes = new BoundedCache<>(this::match);

    private OutboxTables(List<Glob> globs) {
        this.globs = globs;
    }

    /**
     * @param globs with {@code *} for any text and {@code ?} for any one character; empty for all tables
     * @throws IllegalArgumentException if a glob cannot match a table
     */
    public static OutboxTables parse(List<String> globs) {
        return new OutboxTables(globs.stream().map(OutboxTables::glob).toList());
    }

    private static Glob glob(String glob) {
        String text = glob.strip();
        if (text.isEmpty() || !(text.contains(".") || text.contains("*"))) {
            throw new IllegalArgumentException(
                    "'" + glob + "' is not a table with its schema, such as shop.outbox, *.outbox or shop.outbox_*");
        }
        return Glob.parse(text);
    }

    /** Whether every event is treated as one of an outbox. */
    public boolean matchesAll() {
        return globs.isEmpty();
    }

    /**
     * Whether the event is of an outbox table.
     *
     * @param topic of the record, for messages
     * @throws DataException if the event does not name its table
     */
    public boolean contains(ChangeEvent event, String topic) {
        if (matchesAll()) {
            return true;
        }
        TableName table = tables.fromSource(event);
        if (table == null) {
            throw new DataException("An event of topic " + topic
                    + " does not name its table in source.schema and source.table, which the option table requires."
                    + " Fix: put OutboxRouter before the transform that removes them, or leave the option empty and"
                    + " choose the records with a predicate.");
        }
        return outboxes.get(table);
    }

    /**
     * Whether the records of a topic are of an outbox table, by the name of the topic: Debezium's connectors use
     * prefix.schema.table. A tombstone has no other information.
     */
    public boolean containsTopic(String topic) {
        if (matchesAll()) {
            return true;
        }
        TableName table = tables.fromTopic(topic);
        return table != null && outboxes.get(table);
    }

    private boolean match(TableName table) {
        String name = table.toString();
        return globs.stream().anyMatch(glob -> glob.matches(name));
    }

    /** How messages refer to the table of an event. */
    public String nameOf(ChangeEvent event, String topic) {
        TableName table = tables.fromSource(event);
        return table == null ? "topic " + topic : "table " + table;
    }
}
