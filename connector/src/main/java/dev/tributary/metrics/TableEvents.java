// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.List;

/** Counts the events of one table that are stored in Kafka, by kind. */
public final class TableEvents {

    static final long NEVER = -1;

    private final String table;
    private final EventCounter creates = new EventCounter(this);
    private final EventCounter updates = new EventCounter(this);
    private final EventCounter deletes = new EventCounter(this);
    private final EventCounter truncates = new EventCounter(this);
    private final EventCounter reads = new EventCounter(this);
    private volatile String topic;
    private volatile List<String> key;
    private volatile long lastMillis = NEVER;
    private volatile boolean isForgotten;

    TableEvents(String table, String topic, List<String> key) {
        this.table = table;
        this.topic = topic;
        this.key = List.copyOf(key);
    }

    /** The table has another topic or key now, or the same. */
    void described(String nextTopic, List<String> nextKey) {
        topic = nextTopic;
        key = List.copyOf(nextKey);
    }

    String table() {
        return table;
    }

    /** Whether it is not shown, because it was quiet and there are too many tables. */
    boolean isForgotten() {
        return isForgotten;
    }

    void forgotten(boolean nextIsForgotten) {
        isForgotten = nextIsForgotten;
    }

    /** Takes over what another one has counted. */
    void take(TableEvents other) {
        creates.take(other.creates);
        updates.take(other.updates);
        deletes.take(other.deletes);
        truncates.take(other.truncates);
        reads.take(other.reads);
        seen(Math.max(lastMillis, other.lastMillis));
    }

    public EventCounter creates() {
        return creates;
    }

    public EventCounter updates() {
        return updates;
    }

    public EventCounter deletes() {
        return deletes;
    }

    public EventCounter truncates() {
        return truncates;
    }

    /** Counts rows that a snapshot or a backfill has read. */
    public EventCounter reads() {
        return reads;
    }

    void seen(long nowMillis) {
        if (lastMillis != nowMillis) {
            lastMillis = nowMillis;
        }
    }

    /** When the last event was counted, in milliseconds since the epoch; -1 if none was. */
    long lastMillis() {
        return lastMillis;
    }

    TableEventStatus status() {
        return new TableEventStatus(
                table,
                topic,
                key,
                creates.sum(),
                updates.sum(),
                deletes.sum(),
                truncates.sum(),
                reads.sum(),
                lastMillis);
    }
}
