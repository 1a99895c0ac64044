// SPDX-License-Identifier: Apache-2.0
package dev.tributary.metrics;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The tables whose events are counted. If there are very many, because tables come and go, those quiet for longest are
 * forgotten: their counts move to {@link TableEventStatus#OTHERS}, so that the sum never decreases. Records and
 * capturing parts keep the counters of a forgotten table; it is shown again once it is counted again. Any thread may
 * use it.
 */
final class CountedTables {

    private static final int MOST = 20_000;

    /** Forgetting some at once keeps it cheap if there are always more tables than are counted. */
    private static final int FORGOTTEN_AT_ONCE = 1_000;

    private final Map<String, TableEvents> tables = new ConcurrentHashMap<>();
    private final TableEvents others = new TableEvents(TableEventStatus.OTHERS, "", List.of());

    /** A table, and when it was counted at the moment of a look. */
    private record Seen(TableEvents table, long lastMillis) {}

    /** Returns the counts of a table, which has this topic and this key now. */
    TableEvents table(String name, String topic, List<String> key) {
        TableEvents known = tables.get(name);
        if (known == null) {
            known = added(name, topic, key);
        }
        known.described(topic, key);
        return known;
    }

    private synchronized TableEvents added(String name, String topic, List<String> key) {
        if (!tables.containsKey(name)) {
            makeRoom();
        }
        return tables.computeIfAbsent(name, added -> new TableEvents(added, topic, key));
    }

    /** An event of a table has been counted. */
    void counted(TableEvents table) {
        if (table.isForgotten()) {
            showAgain(table);
        }
    }

    private synchronized void showAgain(TableEvents table) {
        TableEvents known = tables.get(table.table());
        if (known == null) {
            makeRoom();
            table.forgotten(false);
            tables.put(table.table(), table);
        } else if (known != table) {
            known.take(table);
        }
    }

    private void makeRoom() {
        if (tables.size() >= MOST) {
            tables.values().stream()
                    .map(table -> new Seen(table, table.lastMillis()))
                    .sorted(Comparator.comparingLong(Seen::lastMillis))
                    .limit(FORGOTTEN_AT_ONCE)
                    .forEach(quiet -> forget(quiet.table()));
        }
    }

    /** What is counted from here on makes it be shown again. */
    private void forget(TableEvents table) {
        tables.remove(table.table());
        table.forgotten(true);
        others.take(table);
    }

    /** In the order of the tables' names. Waits while counts move. */
    synchronized List<TableEventStatus> statuses() {
        return Stream.concat(
                        tables.values().stream(),
                        Stream.of(others).filter(sum -> sum.lastMillis() != TableEvents.NEVER))
                .map(TableEvents::status)
                .sorted(Comparator.comparing(TableEventStatus::getTable))
                .toList();
    }
}
