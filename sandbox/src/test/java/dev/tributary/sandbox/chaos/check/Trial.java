// SPDX-License-Identifier: Apache-2.0
package dev.tributary.sandbox.chaos.check;

import dev.tributary.sandbox.chaos.load.Change;
import dev.tributary.sandbox.chaos.load.LoadTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A small run. Tags are given by the test; the change number n has seq n and LSN 10 n, and so has its record. Records
 * are in the topic of the table, in the order in which they are added.
 */
final class Trial {

    static final String KEY = "7";

    final List<Change> changes = new ArrayList<>();
    final List<Change> vanished = new ArrayList<>();
    final List<Arrival> arrivals = new ArrayList<>();
    final Map<String, String> rows = new HashMap<>();
    final Allowances.Builder allowances = Allowances.builder();
    /** What the connector reported: that every change of another timeline was undone. */
    final List<Report> reports = new ArrayList<>(List.of(new Report(LossKind.UNDONE, 0, Long.MAX_VALUE, "undone")));

    private final String relation;
    private String topic;
    private long seq;

    Trial() {
        this(LoadTable.ACCOUNT);
    }

    Trial(LoadTable table) {
        this.relation = table.relation();
        this.topic = "chaos.public." + relation;
    }

    /**
     * Commits inserts and updates: {@code +a} inserts the version a, {@code a} updates to it, {@code -a} deletes it.
     */
    Trial committed(String... steps) {
        for (String step : steps) {
            Change change = change(step, ++seq);
            changes.add(change);
            apply(change);
        }
        return this;
    }

    Trial truncated() {
        seq++;
        changes.add(new Change(seq, "t" + seq, relation, null, Change.TRUNCATE, null, 10 * seq, 0));
        rows.clear();
        return this;
    }

    /** Commits several changes in one transaction: they have the LSN of the last one. */
    Trial committedTogether(String... steps) {
        int before = changes.size();
        committed(steps);
        long lsn = changes.get(changes.size() - 1).lsn();
        changes.subList(before, changes.size()).replaceAll(change -> at(change, lsn));
        return this;
    }

    private static Change at(Change change, long lsn) {
        return new Change(
                change.seq(), change.tag(), change.relation(), change.key(), change.op(), change.digest(), lsn, 0);
    }

    /** Truncates, and then commits the changes in the same transaction: they have its LSN. */
    Trial truncatedAndCommitted(String... steps) {
        truncated();
        long lsn = changes.get(changes.size() - 1).lsn();
        int before = changes.size();
        committed(steps);
        changes.subList(before, changes.size()).replaceAll(change -> at(change, lsn));
        return this;
    }

    /** Changes on a timeline that the next ones are not on. */
    Trial vanished(String... steps) {
        long number = seq;
        for (String step : steps) {
            vanished.add(change(step, ++number));
        }
        return this;
    }

    /**
     * Sends records: {@code a} the change that wrote this version, {@code r:a} its row in a snapshot, {@code i:a} its
     * row in an incremental one, {@code -} a delete without a tag, {@code -a} one with it, {@code 0} a tombstone.
     */
    Trial sent(String... records) {
        for (String record : records) {
            arrivals.add(arrival(record));
        }
        return this;
    }

    /** Sends a record of the first TRUNCATE. */
    Trial sentTruncate() {
        return sentTruncate(0, 5);
    }

    Trial sentTruncate(int partition, long lsn) {
        Arrival.Payload none = Arrival.Payload.NONE;
        arrivals.add(
                new Arrival(topic, partition, arrivals.size(), relation, null, 't', null, 0, null, none, lsn, null));
        return this;
    }

    /** Sends what follows to another topic. */
    Trial renamed(String table) {
        topic = "chaos.public." + table;
        return this;
    }

    Verdict check() {
        return Checker.check(
                arrivals,
                new Committed(changes, Map.of(relation, rows)),
                allowances.vanished(vanished).build(),
                reports,
                List.of(new RealLoss(Set.of(LossKind.UNDONE), 0, Long.MAX_VALUE, false, "promotion")));
    }

    private Change change(String step, long number) {
        char op = switch (step.charAt(0)) {
            case '+' -> Change.CREATE;
            case '-' -> Change.DELETE;
            default -> Change.UPDATE;
        };
        String tag = op == Change.UPDATE ? step : step.substring(1);
        return new Change(number, tag, relation, key(), op, digest(tag), 10 * number, 0);
    }

    private void apply(Change change) {
        String row = key() == null ? change.tag() : KEY;
        if (change.op() == Change.DELETE) {
            rows.remove(row);
        } else {
            rows.put(row, change.tag());
        }
    }

    private Arrival arrival(String record) {
        if (record.equals("0")) {
            return arrival(Arrival.TOMBSTONE, null, 0, null, 0);
        }
        if (record.equals("-")) {
            return arrival(Arrival.DELETE, null, 0, null, 5);
        }
        if (record.startsWith("-@")) {
            return arrival(Arrival.DELETE, null, 0, null, Long.parseLong(record.substring(2)));
        }
        if (record.startsWith("-")) {
            String tag = record.substring(1);
            return arrival(Arrival.DELETE, tag, 0, digest(tag), lsn(tag, true));
        }
        String tag = record.substring(record.indexOf(':') + 1);
        boolean incremental = record.startsWith("i:");
        boolean read = incremental || record.startsWith("r:");
        Change change = find(tag, false);
        char op = read ? Arrival.READ : change == null ? Arrival.UPDATE : change.op();
        return arrival(
                op,
                tag,
                change == null ? 0 : change.seq(),
                digest(tag),
                lsn(tag, false),
                incremental ? Arrival.INCREMENTAL : null);
    }

    private Arrival arrival(char op, @Nullable String tag, long number, @Nullable String digest, long lsn) {
        return arrival(op, tag, number, digest, lsn, null);
    }

    private Arrival arrival(
            char op, @Nullable String tag, long number, @Nullable String digest, long lsn, @Nullable String snapshot) {
        Arrival.Payload payload = tag == null ? Arrival.Payload.NONE : Arrival.Payload.MATCHES;
        return new Arrival(topic, 0, arrivals.size(), relation, key(), op, tag, number, digest, payload, lsn, snapshot);
    }

    private long lsn(String tag, boolean delete) {
        Change change = find(tag, delete);
        return change == null ? 0 : change.lsn();
    }

    private @Nullable Change find(String tag, boolean delete) {
        for (List<Change> list : List.of(changes, vanished)) {
            for (Change change : list) {
                if (change.tag().equals(tag) && delete == (change.op() == Change.DELETE)) {
                    return change;
                }
            }
        }
        return null;
    }

    private @Nullable String key() {
        return relation.equals(LoadTable.EVENT_LOG.relation()) ? null : KEY;
    }

    static String digest(String tag) {
        return "digest of " + tag;
    }
}
