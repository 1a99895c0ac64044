// SPDX-License-Identifier: Apache-2.0
package dev.tributary.console.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.openmbean.CompositeData;

/** Turns the MBeans of our connectors into series. */
final class TributaryBeans {

    private static final List<String> STATES =
            List.of(TaskStates.RUNNING, "WAITING", "PAUSED", "STOPPED", "FAILED", "UNASSIGNED", "RESTARTING");
    private static final List<String> LEVELS = List.of("OK", "WARNING", "CRITICAL", "LOST");

    /** The operations and the attributes that count them. */
    private static final Map<String, String> OPERATIONS = Map.of(
            "create", "creates", "update", "updates", "delete", "deletes", "truncate", "truncates", "read", "reads");

    private static final double MILLIS_PER_SECOND = TimeUnit.SECONDS.toMillis(1);

    private final List<Bean> tasks;
    private final List<Bean> events;
    private final List<Bean> guards;
    private final List<Bean> snapshots;
    private final TaskStates states;
    private final boolean byTable;

    /** The names of the connectors, by topic prefix. */
    private final Map<String, String> connectors = new HashMap<>();

    /** @param byTable whether each table has series of its own */
    TributaryBeans(MBeanServer server, TaskStates states, boolean byTable) {
        this.tasks = read(server, "task");
        this.events = read(server, "events");
        this.guards = read(server, "guard");
        this.snapshots = Bean.matching(server, "dev.tributary:type=snapshot,*");
        this.states = states;
        this.byTable = byTable;
    }

    private List<Bean> read(MBeanServer server, String type) {
        List<Bean> beans = Bean.matching(server, "dev.tributary:type=" + type + ",*");
        beans.forEach(bean -> connectors.put(bean.key("server"), bean.text("Connector")));
        return beans;
    }

    /** The topic prefixes of our connectors. */
    Set<String> servers() {
        return connectors.keySet();
    }

    private String connector(Bean bean) {
        return connectors.getOrDefault(bean.key("server"), bean.key("server"));
    }

    void addTo(Series series) {
        addStates(series);
        tasks.forEach(task -> addTask(series, task, connector(task)));
        guards.forEach(guard -> addGuard(series, guard, connector(guard)));
        // After those of the guard, because they are more recent.
        events.forEach(bean -> addEvents(series, bean, connector(bean)));
        snapshots.forEach(snapshot -> addSnapshot(series, snapshot, connector(snapshot)));
    }

    /** A worker that does not run the task says nothing of it as long as it runs elsewhere. */
    private void addStates(Series series) {
        Map<String, String> known = new HashMap<>();
        tasks.forEach(task -> known.put(connector(task), task.text("State")));
        connectors.values().forEach(connector -> {
            Optional<String> other = states.of(connector).filter(state -> !state.equals(TaskStates.RUNNING));
            other.ifPresent(state -> known.put(connector, state));
        });
        known.forEach((connector, state) -> addOneOf(series, Family.STATE, STATES, state, connector));
    }

    private static void addOneOf(Series series, Family family, List<String> all, String current, String connector) {
        List<String> shown = new ArrayList<>(all);
        if (!shown.contains(current)) {
            shown.add(current);
        }
        shown.forEach(one -> series.add(family, one.equals(current) ? 1 : 0, connector, one));
    }

    private static void addTask(Series series, Bean task, String connector) {
        task.map("Failures").forEach((kind, count) -> series.add(Family.FAILURES, count, connector, kind));
        series.addKnown(Family.FAILURES_IN_A_ROW, task.number("FailuresInARow"), connector);
        series.addKnown(Family.RETRIES, task.number("Retries"), connector);
        series.addKnown(Family.STATE_CHANGES, task.number("StateChanges"), connector);
        series.addKnown(Family.SPLIT_TRANSACTIONS, task.number("SplitTransactions"), connector);
        series.add(Family.WARNINGS, task.size("Warnings"), connector);
    }

    private static void addLag(Series series, Bean bean, String connector) {
        series.addKnown(Family.LAG_SECONDS, bean.number("LagMillis") / MILLIS_PER_SECOND, connector);
        series.addKnown(Family.LAG_BYTES, bean.number("LagBytes"), connector);
    }

    private static void addGuard(Series series, Bean guard, String connector) {
        addLag(series, guard, connector);
        String level = guard.text("Level");
        if (!LEVELS.contains(level)) {
            return;
        }
        addOneOf(series, Family.SLOT_LEVEL, LEVELS, level, connector);
        series.add(Family.SLOT_ACTIVE, guard.isTrue("Active") ? 1 : 0, connector);
        series.addKnown(Family.SLOT_RETAINED_BYTES, guard.number("RetainedBytes"), connector);
        series.add(Family.SLOT_GROWTH_BYTES_PER_SECOND, guard.number("GrowthBytesPerSecond"), connector);
        series.addKnown(Family.SLOT_SAFE_BYTES, guard.number("SafeWalBytes"), connector);
        series.addKnown(Family.SLOT_LIMIT_BYTES, guard.number("LimitBytes"), connector);
        series.addKnown(Family.SLOT_HELD_BYTES, guard.number("HeldBytes"), connector);
        series.addKnown(Family.SLOT_LOST_IN_SECONDS, guard.number("SecondsUntilLost"), connector);
        series.addKnown(Family.SERVER_WAL_BYTES_PER_SECOND, guard.number("WrittenBytesPerSecond"), connector);
        series.addKnown(Family.SERVER_FREE_CONNECTIONS, guard.number("FreeConnections"), connector);
        series.addKnown(Family.SPILLED_TRANSACTIONS, guard.number("SpilledTransactions"), connector);
        series.addKnown(Family.SPILLED_BYTES, guard.number("SpilledBytes"), connector);
    }

    private void addEvents(Series series, Bean bean, String connector) {
        series.add(Family.INFO, 1, connector, bean.key("server"), bean.text("Version"));
        addLag(series, bean, connector);
        series.addKnown(Family.DROPPED_EVENTS, bean.number("DroppedEvents"), connector);
        series.addKnown(Family.QUEUE_RECORDS, bean.number("QueueRecords"), connector);
        series.addKnown(Family.QUEUE_LIMIT_RECORDS, bean.number("QueueRecordsLimit"), connector);
        series.addKnown(Family.QUEUE_BYTES, bean.number("QueueBytes"), connector);
        if (bean.number("QueueBytesLimit") > 0) {
            series.add(Family.QUEUE_LIMIT_BYTES, bean.number("QueueBytesLimit"), connector);
        }
        long[] counts = bean.counts("CommitToKafkaCounts");
        if (counts.length > 0) {
            series.addHistogram(
                    Family.COMMIT_TO_KAFKA_SECONDS,
                    bean.numbers("CommitToKafkaBounds"),
                    counts,
                    bean.number("CommitToKafkaSum"),
                    connector);
        }
        addTables(series, bean.rows("Tables"), connector);
    }

    private void addTables(Series series, List<CompositeData> tables, String connector) {
        OPERATIONS.forEach((operation, counter) -> {
            double sum = 0;
            for (CompositeData table : tables) {
                double count = Bean.number(table.get(counter));
                sum += count;
                if (byTable) {
                    series.add(Family.EVENTS, count, connector, String.valueOf(table.get("table")), operation);
                }
            }
            if (!byTable) {
                series.add(Family.EVENTS, sum, connector, "", operation);
            }
        });
        tables.stream()
                .mapToDouble(table -> Bean.number(table.get("lastEventMillis")))
                .filter(millis -> millis >= 0)
                .max()
                .ifPresent(millis ->
                        series.add(Family.LAST_EVENT_TIMESTAMP_SECONDS, millis / MILLIS_PER_SECOND, connector));
    }

    private void addSnapshot(Series series, Bean snapshot, String connector) {
        series.addKnown(Family.SNAPSHOT_ROWS, snapshot.number("Rows"), connector);
        series.addKnown(Family.SNAPSHOT_ESTIMATED_ROWS, snapshot.number("EstimatedRows"), connector);
        series.addKnown(Family.SNAPSHOT_PERCENT, snapshot.number("Percent"), connector);
        series.addKnown(Family.SNAPSHOT_LEFT_SECONDS, snapshot.number("SecondsLeft"), connector);
        series.add(Family.SNAPSHOT_WAITING, snapshot.text("WaitingFor").isEmpty() ? 0 : 1, connector);
        series.add(Family.SNAPSHOT_BLOCKED_SESSIONS, snapshot.size("KeptWaiting"), connector);
        if (byTable) {
            for (CompositeData table : snapshot.rows("Tables")) {
                String name = String.valueOf(table.get("table"));
                series.addKnown(Family.SNAPSHOT_TABLE_ROWS, Bean.number(table.get("rows")), connector, name);
                series.addKnown(Family.SNAPSHOT_TABLE_PERCENT, Bean.number(table.get("percent")), connector, name);
            }
        }
    }
}
