// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.List;
import javax.management.ConstructorParameters;

/**
 * The events of one table that are stored in Kafka, since the start of the task. A class with getters, because JMX does
 * not show records; a proxy of the MBean makes it with its constructor.
 */
public final class TableEventStatus {

    /** The name under which the events of tables are counted that are not shown themselves. */
    public static final String OTHERS = "(other tables)";

    private final String table;
    private final String topic;
    private final List<String> keyColumns;
    private final long creates;
    private final long updates;
    private final long deletes;
    private final long truncates;
    private final long reads;
    private final long lastEventMillis;

    /**
     * @param table its name, with the schema
     * @param topic the topic of its events, before transforms
     * @param keyColumns the columns of the records' keys; empty if records have no key
     * @param reads rows that a snapshot or a backfill has read
     * @param lastEventMillis when the last one was counted, in milliseconds since the epoch; -1 if none was
     */
    @ConstructorParameters({
        "table",
        "topic",
        "keyColumns",
        "creates",
        "updates",
        "deletes",
        "truncates",
        "reads",
        "lastEventMillis"
    })
    public TableEventStatus(
            String table,
            String topic,
            List<String> keyColumns,
            long creates,
            long updates,
            long deletes,
            long truncates,
            long reads,
            long lastEventMillis) {
        this.table = table;
        this.topic = topic;
        this.keyColumns = List.copyOf(keyColumns);
        this.creates = creates;
        this.updates = updates;
        this.deletes = deletes;
        this.truncates = truncates;
        this.reads = reads;
        this.lastEventMillis = lastEventMillis;
    }

    public String getTable() {
        return table;
    }

    public String getTopic() {
        return topic;
    }

    public List<String> getKeyColumns() {
        return keyColumns;
    }

    public long getCreates() {
        return creates;
    }

    public long getUpdates() {
        return updates;
    }

    public long getDeletes() {
        return deletes;
    }

    public long getTruncates() {
        return truncates;
    }

    public long getReads() {
        return reads;
    }

    public long getLastEventMillis() {
        return lastEventMillis;
    }
}
