// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Random changes of the rows of one table, and the records that a connector must send for them. */
final class SimulatedLog {

    /** The LSNs of changes are so far apart that the slack of a report does not matter. */
    static final long STEP = 100_000;

    private static final List<String> KEYS = List.of("1", "2", "3", "4", "5");

    private final Random random;
    private final String relation;
    private final List<Change> changes = new ArrayList<>();
    private final List<Unit> units = new ArrayList<>();
    private final Map<String, Change> rows;
    private final Map<String, Integer> lengths = new HashMap<>();
    private long lastSeq;

    /**
     * A record of the stream.
     *
     * @param change the change
     * @param tombstone whether it is the tombstone that follows it
     * @param position its number among the units of its key, from 1
     */
    record Unit(Change change, boolean tombstone, int position) {

        String key() {
            String key = change.key();
            return key == null ? "" : key;
        }

        boolean isDelete() {
            return change.op() == Change.DELETE;
        }

        boolean isTruncate() {
            return change.op() == Change.TRUNCATE;
        }
    }

    SimulatedLog(Random random, String relation) {
        this(random, relation, new TreeMap<>(), 0);
    }

    private SimulatedLog(Random random, String relation, Map<String, Change> rows, long lastSeq) {
        this.random = random;
        this.relation = relation;
        this.rows = rows;
        this.lastSeq = lastSeq;
    }

    /** A log that continues on another timeline from the first units of this one. */
    SimulatedLog branch(int sent) {
        Map<String, Change> then = new TreeMap<>();
        rowsAfter(sent).forEach((key, unit) -> then.put(key, unit.change()));
        return new SimulatedLog(
                random,
                relation,
                then,
                sent == 0 ? 0 : units.get(sent - 1).change().seq());
    }

    SimulatedLog grow(int count) {
        for (int number = 0; number < count; number++) {
            String key = KEYS.get(random.nextInt(KEYS.size()));
            int dice = random.nextInt(100);
            if (random.nextInt(20) == 0) {
                truncate();
            } else if (!rows.containsKey(key)) {
                add(key, Change.CREATE);
            } else if (dice < 60) {
                add(key, Change.UPDATE);
            } else {
                add(key, Change.DELETE);
                String other = KEYS.get(random.nextInt(KEYS.size()));
                if (dice < 75 && !rows.containsKey(other)) {
                    add(other, Change.CREATE);
                }
            }
        }
        return this;
    }

    private void truncate() {
        lastSeq++;
        String tag = "t" + random.nextLong();
        Change change = new Change(lastSeq, tag, relation, null, Change.TRUNCATE, null, STEP * lastSeq, 0);
        changes.add(change);
        unit(change, false);
        rows.clear();
    }

    private void add(String key, char op) {
        Change row = rows.get(key);
        String tag = op == Change.DELETE && row != null ? row.tag() : "v" + random.nextLong();
        lastSeq++;
        Change change = new Change(lastSeq, tag, relation, key, op, Trial.digest(tag), STEP * lastSeq, 0);
        changes.add(change);
        unit(change, false);
        if (op == Change.DELETE) {
            unit(change, true);
            rows.remove(key);
        } else {
            rows.put(key, change);
        }
    }

    private void unit(Change change, boolean tombstone) {
        String key = change.key() == null ? "" : change.key();
        units.add(new Unit(change, tombstone, lengths.merge(key, 1, Integer::sum)));
    }

    List<Change> changes() {
        return changes;
    }

    List<Unit> units() {
        return units;
    }

    /** The tags of the rows at the end. */
    Map<String, String> rows() {
        Map<String, String> tags = new TreeMap<>();
        rows.forEach((key, change) -> tags.put(key, change.tag()));
        return tags;
    }

    /** The rows after the first units, by key, each as the unit that wrote it. */
    Map<String, Unit> rowsAfter(int count) {
        Map<String, Unit> then = new TreeMap<>();
        for (Unit unit : units.subList(0, count)) {
            if (unit.isTruncate()) {
                then.clear();
            } else if (unit.isDelete()) {
                then.remove(unit.key());
            } else {
                then.put(unit.key(), unit);
            }
        }
        return then;
    }
}
