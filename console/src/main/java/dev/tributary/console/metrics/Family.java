// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import java.util.List;
import java.util.Locale;

/**
 * Every metric that is exposed, in the order of exposition: its type, what it means, and its labels. Its name is that
 * of the constant, after {@code tributary_}. A metric whose value is not known is absent.
 */
public enum Family {
    INFO(
            Type.INFO,
            "The connector, its topic prefix, and the version of Tributary",
            Family.CONNECTOR,
            "server",
            "version"),
    STATE(
            Type.GAUGE,
            "1 for the state that the task is in, 0 for others. WAITING is Tributary's own: RUNNING to Connect, but"
                    + " waiting to try again",
            Family.CONNECTOR,
            "state"),
    STATE_CHANGES(Type.COUNTER, "Changes between RUNNING and WAITING since the worker started", Family.CONNECTOR),
    FAILURES(Type.COUNTER, "Failures by kind since the worker started", Family.CONNECTOR, "kind"),
    FAILURES_IN_A_ROW(Type.GAUGE, "Failures in a row, without an event in between", Family.CONNECTOR),
    RETRIES(Type.COUNTER, "Attempts after a failure since the worker started", Family.CONNECTOR),
    WARNINGS(Type.GAUGE, "Warnings of the checks that are in force", Family.CONNECTOR),
    LAG_SECONDS(Type.GAUGE, "The age of the oldest change that is not stored in Kafka yet", Family.CONNECTOR),
    LAG_BYTES(Type.GAUGE, "WAL that the server has written and the connector has not acknowledged", Family.CONNECTOR),
    EVENTS(
            Type.COUNTER,
            "Events that are stored in Kafka: operation is create, update, delete, truncate, or read for rows of a"
                    + " snapshot",
            Family.CONNECTOR,
            Family.TABLE,
            Family.OPERATION),
    DROPPED_EVENTS(
            Type.COUNTER, "Events that a transform, a predicate or a tolerated error has dropped", Family.CONNECTOR),
    LAST_EVENT_TIMESTAMP_SECONDS(Type.GAUGE, "When the last event was stored", Family.CONNECTOR),
    COMMIT_TO_KAFKA_SECONDS(
            Type.HISTOGRAM,
            "Time from the commit of a change in Postgres until Kafka had stored its event, by the clocks of both",
            Family.CONNECTOR),
    SPLIT_TRANSACTIONS(
            Type.COUNTER, "Source transactions that were too large for one Kafka transaction", Family.CONNECTOR),
    QUEUE_RECORDS(Type.GAUGE, "Records that wait for Connect", Family.CONNECTOR),
    QUEUE_LIMIT_RECORDS(Type.GAUGE, "max.queue.size", Family.CONNECTOR),
    QUEUE_BYTES(Type.GAUGE, "Bytes of records that wait for Connect, or that it is sending", Family.CONNECTOR),
    QUEUE_LIMIT_BYTES(Type.GAUGE, "max.queue.size.in.bytes; absent without a limit", Family.CONNECTOR),
    SLOT_LEVEL(
            Type.GAUGE,
            "1 for the level of the guard: OK, WARNING, CRITICAL or LOST; 0 for others",
            Family.CONNECTOR,
            "level"),
    SLOT_ACTIVE(Type.GAUGE, "1 if a process reads from the slot, 0 if none does", Family.CONNECTOR),
    SLOT_RETAINED_BYTES(Type.GAUGE, "WAL that the server retains for the slot", Family.CONNECTOR),
    SLOT_GROWTH_BYTES_PER_SECOND(
            Type.GAUGE, "How fast what is retained grows; negative if it shrinks", Family.CONNECTOR),
    SLOT_SAFE_BYTES(
            Type.GAUGE, "WAL that can be written before the slot is at risk; absent without a limit", Family.CONNECTOR),
    SLOT_LIMIT_BYTES(Type.GAUGE, "max_slot_wal_keep_size; absent without a limit", Family.CONNECTOR),
    SLOT_HELD_BYTES(
            Type.GAUGE,
            "WAL that is not sent, because a standby has not confirmed it; absent if none is waited for",
            Family.CONNECTOR),
    SLOT_LOST_IN_SECONDS(
            Type.GAUGE,
            "The forecast: when the slot is lost at the current rate; absent if that is not in sight",
            Family.CONNECTOR),
    SERVER_WAL_BYTES_PER_SECOND(Type.GAUGE, "WAL that the server writes", Family.CONNECTOR),
    SERVER_FREE_CONNECTIONS(
            Type.GAUGE, "Connections that the server has left for the connector's role", Family.CONNECTOR),
    SPILLED_TRANSACTIONS(Type.COUNTER, "Transactions that the server has decoded by way of its disk", Family.CONNECTOR),
    SPILLED_BYTES(Type.COUNTER, "The bytes of these", Family.CONNECTOR),
    SNAPSHOT_ROWS(Type.GAUGE, "Rows that the running snapshot has read", Family.CONNECTOR),
    SNAPSHOT_ESTIMATED_ROWS(Type.GAUGE, "Rows to read in total, by the last analyze", Family.CONNECTOR),
    SNAPSHOT_PERCENT(Type.GAUGE, "How much of the tables' files is read, from 0 to 100", Family.CONNECTOR),
    SNAPSHOT_LEFT_SECONDS(Type.GAUGE, "Time left at the current rate", Family.CONNECTOR),
    SNAPSHOT_WAITING(Type.GAUGE, "1 while the snapshot waits to begin, 0 once it reads", Family.CONNECTOR),
    SNAPSHOT_BLOCKED_SESSIONS(Type.GAUGE, "Sessions that wait for a lock which the snapshot holds", Family.CONNECTOR),
    SNAPSHOT_TABLE_ROWS(
            Type.GAUGE, "Rows that the running snapshot has read of a table", Family.CONNECTOR, Family.TABLE),
    SNAPSHOT_TABLE_PERCENT(
            Type.GAUGE, "How much of the table's files is read, from 0 to 100", Family.CONNECTOR, Family.TABLE),
    DEBEZIUM_CONNECTED(
            Type.GAUGE,
            "Debezium's Connected, of Debezium's own connectors in this worker",
            Family.PLUGIN,
            "server",
            "task"),
    DEBEZIUM_LAG_SECONDS(
            Type.GAUGE,
            "Debezium's MilliSecondsBehindSource: of the last event it saw",
            Family.PLUGIN,
            "server",
            "task"),
    DEBEZIUM_EVENTS(
            Type.COUNTER,
            "Events that Debezium's connectors have seen",
            Family.PLUGIN,
            "server",
            "task",
            Family.OPERATION),
    DEBEZIUM_QUEUE_RECORDS(
            Type.GAUGE, "Records in the queues of Debezium's connectors", Family.PLUGIN, "server", "task");

    static final String CONNECTOR = "connector";
    static final String TABLE = "table";
    static final String OPERATION = "operation";
    static final String PLUGIN = "plugin";

    private final Type type;
    private final String help;

    @SuppressWarnings("ImmutableEnumChecker") // List.of makes it
    private final List<String> labels;

    /** The types of Prometheus. */
    public enum Type {
        COUNTER,
        GAUGE,
        HISTOGRAM,
        INFO
    }

    Family(Type type, String help, String... labels) {
        this.type = type;
        this.help = help;
        this.labels = List.of(labels);
    }

    public Type type() {
        return type;
    }

    public String help() {
        return help;
    }

    public List<String> labels() {
        return labels;
    }

    /** The name under which a query finds it. */
    public String seriesName() {
        return switch (type) {
            case COUNTER -> baseName() + "_total";
            case GAUGE, HISTOGRAM -> baseName();
            case INFO -> baseName() + "_info";
        };
    }

    /** The name without the suffix of its type. */
    String baseName() {
        return this == INFO ? "tributary" : "tributary_" + name().toLowerCase(Locale.ROOT);
    }
}
